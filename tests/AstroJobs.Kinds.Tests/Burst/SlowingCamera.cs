using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Tests.Burst;

/// <summary>The simulated camera: its first frame takes no time, the later ones a given real time.</summary>
internal sealed class SlowingCamera(SimulatedCameraSettings settings, TimeSpan later) : ICamera
{
    private readonly SimulatedCamera _quick = new(settings with { Instant = true }, TimeProvider.System);
    private readonly SimulatedCamera _slow = new(settings with { Instant = false }, TimeProvider.System);
    private readonly TaskCompletionSource _exposing = new();

    /// <summary>Ends when a slow exposure has begun.</summary>
    public Task InMidExposure => _exposing.Task;

    public Task<CameraDescription> DescribeAsync(CancellationToken cancellation) => _quick.DescribeAsync(cancellation);

    public Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) => _quick.ConfigureAsync(settings, cancellation);

    public Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation)
    {
        if (request.Index == 0)
            return _quick.ExposeAsync(request, cancellation);
        var exposure = _slow.ExposeAsync(request with { Exposure = later }, cancellation);
        _exposing.TrySetResult();
        return exposure;
    }

    public ValueTask DisposeAsync() => _slow.DisposeAsync();
}
