using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras;

/// <summary>
/// The frames that had come when a worker was killed and that it had not recorded: some have their names already, the others lie in the camera's
/// download folder in the order in which they were taken. What lies there and cannot be read to its end is no frame.
/// </summary>
internal sealed class LeftFrames(string scratchFolder, string outputFolder, ILogger log)
{
    private readonly Queue<string> _unnamed = new(new DownloadFolder(scratchFolder).Files());

    /// <summary>Takes over the next frame, and gives it its name where it has none.</summary>
    /// <param name="name">Its files' name without an ending.</param>
    /// <returns>Its files in the output folder, two for RAW+JPEG; empty where it had not come.</returns>
    public IReadOnlyList<string> Adopt(string name)
    {
        var files = Directory.GetFiles(outputFolder, $"{name}.*").ToList(); // whole: names are given last
        // A second file of the same sort belongs to the next frame.
        while (_unnamed.TryPeek(out var next) && !files.Exists(file => HaveOneEnding(file, next)))
            if (IsWhole(_unnamed.Dequeue()))
                files.Add(FrameFile.Keep(next, outputFolder, name));
        return [.. files.Order(StringComparer.Ordinal)];
    }

    private bool IsWhole(string file)
    {
        try
        {
            ImageFile.Read(file).Dispose();
            return true;
        }
        catch (ImageException torn)
        {
            log.LogWarning("A frame that was left behind is not taken over: {Message}", torn.Message);
            return false;
        }
    }

    private static bool HaveOneEnding(string one, string other) => Path.GetExtension(one).Equals(Path.GetExtension(other), StringComparison.OrdinalIgnoreCase);
}
