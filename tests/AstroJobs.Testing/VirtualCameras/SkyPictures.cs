using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Testing.VirtualCameras;

/// <summary>Pictures of the simulated sky as the files that a camera would hand out. The RAW ones are mosaics in a TIFF.</summary>
internal static class SkyPictures
{
    private static readonly SimulatedCameraSettings Settings = new() { Width = 480, Height = 320, Instant = true };

    public static async Task<byte[]> DrawAsync(int index, TimeSpan exposure, uint iso, bool isRaw)
    {
        using var folder = TempFolder.InMemory();
        await using var camera = new SimulatedCamera(Settings with { Layout = isRaw ? SensorLayout.Bayer : SensorLayout.Color }, TimeProvider.System);
        await camera.ConfigureAsync(new Dictionary<string, string> { ["iso"] = $"{iso}" }, CancellationToken.None);
        var files = await camera.ExposeAsync(new ExposureRequest(index, exposure, FrameType.Light, folder.Path, "picture", isRaw ? "tif" : "jpg"), CancellationToken.None);
        return await File.ReadAllBytesAsync(files[0].Path);
    }
}
