using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Timelapse;

/// <summary>A camera in leaping time that does what a test says at each shot; its pictures are a few bytes.</summary>
internal sealed class ScriptedCamera(LeapingTime time) : ICamera
{
    /// <summary>The number of the shot and when it was asked for, each time.</summary>
    public List<(int Shot, DateTimeOffset At)> Asked { get; } = [];

    /// <summary>How long an exposure lasts.</summary>
    public Func<int, TimeSpan> Lasts { get; init; } = static _ => TimeSpan.Zero;

    /// <summary>Called with the shot's number before its file is written.</summary>
    public Action<int> Before { get; init; } = static _ => { };

    /// <summary>Called when it is written.</summary>
    public Action<int> After { get; init; } = static _ => { };

    public int Bytes { get; init; } = 8;

    public int Opened { get; private set; }

    public bool IsOpen { get; private set; }

    public ScriptedCamera Open()
    {
        Opened++;
        IsOpen = true;
        return this;
    }

    public Task<CameraDescription> DescribeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation)
    {
        Assert.That(IsOpen, "a shot is taken with a camera that was let go");
        var (shot, takenAt) = (request.Index + 1, time.GetUtcNow());
        Asked.Add((shot, takenAt));
        Before(shot);
        time.Pass(Lasts(shot));
        var path = Path.Combine(request.Folder, $"{request.Name}.{request.Format}");
        File.WriteAllBytes(path, new byte[Bytes]);
        After(shot);
        return Task.FromResult<IReadOnlyList<CapturedFile>>([new CapturedFile(path, takenAt, request.Exposure)]);
    }

    public ValueTask DisposeAsync()
    {
        IsOpen = false;
        return ValueTask.CompletedTask;
    }
}
