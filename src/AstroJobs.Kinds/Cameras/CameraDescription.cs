namespace AstroJobs.Kinds.Cameras;

/// <summary>A camera as it presents itself.</summary>
/// <param name="Name">What <c>--camera</c> takes: <c>sim</c>.</param>
/// <param name="Port">Where it hangs, as its driver writes it; null when it hangs nowhere.</param>
/// <param name="BatteryPercent">0 … 100; null where not known.</param>
public sealed record CameraDescription(string Name, string Model, string? Port, int? BatteryPercent, IReadOnlyList<CameraSetting> Settings);
