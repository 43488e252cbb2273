using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Tests.Burst;

/// <summary>The simulated camera with a mirror that sticks at given frames, a given number of times.</summary>
internal sealed class FlakyCamera(SimulatedCameraSettings settings, Dictionary<int, int> failures, string code = ErrorCode.IoError) : ICamera
{
    private readonly SimulatedCamera _camera = new(settings, TimeProvider.System);

    /// <summary>The index of each exposure that was asked for.</summary>
    public List<int> Exposures { get; } = [];

    public Task<CameraDescription> DescribeAsync(CancellationToken cancellation) => _camera.DescribeAsync(cancellation);

    public Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) => _camera.ConfigureAsync(settings, cancellation);

    public Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation)
    {
        Exposures.Add(request.Index);
        if (failures.TryGetValue(request.Index, out var left) && left > 0)
        {
            failures[request.Index] = left - 1;
            throw new JobException(code, "The mirror is stuck.");
        }
        return _camera.ExposeAsync(request, cancellation);
    }

    public ValueTask DisposeAsync() => _camera.DisposeAsync();
}
