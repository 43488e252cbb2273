using AstroJobs.Imaging.Stacking;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Stack.Live;

/// <summary>Where the frames of a live stack come from: folders and patterns that are looked at again and again, and the output of a job that takes frames.</summary>
internal sealed class LiveSource(StackParameters parameters, JobContext context)
{
    private readonly JobId? _job = parameters.FromJob is { } id ? JobId.Parse(id) : null;

    /// <summary>Whether the other job has ended: what it has left now is all. Never without one.</summary>
    public bool HasEnded() => _job is { } job && context.LookAt(job).State is JobState.Done or JobState.Error or JobState.Cancelled;

    /// <summary>Frames that a job writes appear by rename.</summary>
    public IReadOnlyList<(StackInput Input, bool IsWhole)> Look()
    {
        var files = parameters.Images.SelectMany(PictureFiles.Now).Select(frame => (new StackInput(frame.Path, frame.Named), IsWhole: false));
        var taken = _job is { } job && Directory.Exists(context.LookAt(job).OutputFolder)
            ? PictureFiles.In(context.LookAt(job).OutputFolder).Select(path => (new StackInput(path, IsNamed: false), IsWhole: true)) : [];
        return [.. files.Concat(taken).DistinctBy(frame => frame.Item1.Path)];
    }
}
