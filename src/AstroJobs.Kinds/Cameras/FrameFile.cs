using System.Globalization;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Cameras;

/// <summary>A downloaded frame gets its name: synced first, then renamed, so that who sees the name sees all of it.</summary>
internal static class FrameFile
{
    /// <param name="file">Whole, on the same file system as <paramref name="folder"/>; its ending is kept, in lower case.</param>
    /// <returns>Where it stands now. A second file of the same ending gets a number.</returns>
    public static string Keep(string file, string folder, string name)
    {
        FailPoints.Pass(FailPoint.CameraFrameCame);
        using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(handle);
        var ending = Path.GetExtension(file).ToLowerInvariant();
        var path = Path.Combine(folder, name + ending);
        for (var number = 2; File.Exists(path); number++)
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}{ending}"));
        File.Move(file, path);
        AtomicFile.SyncFolder(folder);
        FailPoints.Pass(FailPoint.CameraFrameNamed);
        return path;
    }
}
