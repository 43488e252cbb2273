using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Gphoto2;
using AstroJobs.Testing;
using AstroJobs.Testing.VirtualCameras;

namespace AstroJobs.Kinds.Tests.Cameras.Gphoto2;

/// <summary>The real gphoto2 with a virtual camera, and a folder for its frames.</summary>
internal sealed class Gphoto2Bench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Gphoto2Camera _camera;

    public Gphoto2Bench(TimeSpan? margin = null)
    {
        Frames = Directory.CreateDirectory(_folder.File("frames")).FullName;
        _camera = Open(margin ?? TimeSpan.FromSeconds(60));
    }

    public VirtualCamera Body { get; } = new();

    public HeardLog Log { get; } = new();

    /// <summary>Where frames land.</summary>
    public string Frames { get; }

    public ICamera Camera => _camera;

    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Frames).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>A driver of its own for the same body.</summary>
    public Gphoto2Camera Open(TimeSpan margin) => new(Body.Port, new CameraSurroundings(_folder.File($"scratch-{Guid.NewGuid():N}"), Log, TimeProvider.System)
    {
        Margin = margin,
        Grace = TimeSpan.FromSeconds(1),
        Pause = TimeSpan.FromMilliseconds(100),
    });

    public async Task<Gphoto2Bench> SetAsync(params (string Key, string Value)[] settings)
    {
        await Camera.ConfigureAsync(settings.ToDictionary(setting => setting.Key, setting => setting.Value), CancellationToken.None);
        return this;
    }

    /// <param name="following">So many more are taken at once.</param>
    public Task<IReadOnlyList<CapturedFile>> TakeAsync(int index, TimeSpan? exposure = null, bool isBulb = false, int following = 0, CancellationToken cancellation = default) =>
        Camera.ExposeAsync(new ExposureRequest(index, exposure, FrameType.Light, Frames, $"frame-{index + 1}", "fits") { IsBulb = isBulb, Following = following }, cancellation);

    /// <summary>As a burst does: a frame that failed is taken once more.</summary>
    public async Task<IReadOnlyList<CapturedFile>> TakeWithRetryAsync(int index, int following = 0)
    {
        try
        {
            return await TakeAsync(index, following: following);
        }
        catch (AstroJobs.Jobs.JobException)
        {
            return await TakeAsync(index, following: following);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _camera.DisposeAsync();
        Body.Dispose();
        _folder.Dispose();
    }
}
