using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Shooting;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Galleries;

/// <summary>A job's way to its gallery, or to none. What cannot be put there is logged: the frames are in the job all the same.</summary>
internal sealed class GalleryShelf(GalleryPlace? place, JobContext context)
{
    public void AddFrame(string file, DateTimeOffset takenAt, FrameType type) => Add(file, gallery => gallery.AddFrame(file, takenAt, context.Id, type));

    public void AddFrames(IEnumerable<ShotFile> files, FrameType type)
    {
        foreach (var file in files)
            AddFrame(Path.Combine(context.OutputFolder, file.File), file.TakenAt, type);
    }

    /// <param name="names">In the job's output folder; those that are not there are passed over.</param>
    public void AddResults(params IEnumerable<string?> names)
    {
        var now = context.Time.GetUtcNow();
        foreach (var file in names.OfType<string>().Select(name => Path.Combine(context.OutputFolder, name)).Where(File.Exists))
            Add(file, gallery => gallery.AddResult(file, now, context.Id));
    }

    private void Add(string file, Action<Gallery> add)
    {
        if (place is null)
            return;
        try
        {
            add(Gallery.Make(place));
        }
        catch (Exception error) when (error is JobException or IOException or UnauthorizedAccessException)
        {
            context.Log.LogWarning("{File} is not in the gallery {Gallery}: {Message}", Path.GetFileName(file), place.Name, error.Message);
        }
    }
}
