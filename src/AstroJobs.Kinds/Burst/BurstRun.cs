using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Burst;

/// <summary>
/// One run of a burst: frame after frame on schedule; a frame that fails is tried once more, then recorded, and the next one follows.
/// An attempt that resumes goes on with the next number and lists the frames of those before with its own.
/// </summary>
internal sealed class BurstRun(ICamera camera, BurstParameters parameters, JobContext context)
{
    private const string Phase = "capture";

    private readonly BurstSchedule _schedule = new(parameters.Interval);
    private readonly GalleryShelf _gallery = new(parameters.Gallery, context);
    private readonly BurstJournal _journal = new(context.WorkFolder);
    private readonly List<BurstEntry> _entries = [];
    private readonly FrameTaker _taker = new(camera, parameters, context);
    private readonly long _started = context.Time.GetTimestamp();
    private TimeSpan? _firstStart;
    private BurstCheckpoint _before = new(0, 0, 0);
    private IReadOnlyList<FollowerOutcome> _then = [];

    /// <exception cref="JobException">No frame came, or one failed in a way that the next ones would too (a full disk, a missing library).</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the frames so far are kept and listed.</exception>
    public async Task TakeAsync()
    {
        GoOn();
        context.Report(_before.Frames, parameters.Count, Phase, $"Taking {parameters.Count - _before.Frames} frames with the camera {parameters.Camera}");
        _taker.HasTaken = Files.Any();
        await _taker.ConfigureAsync().ConfigureAwait(false);
        try
        {
            for (var index = _before.Frames; index < parameters.Count; index++)
            {
                await Task.Delay(_schedule.Next(Elapsed - (_firstStart ?? Elapsed)), context.Time, context.Cancellation).ConfigureAwait(false);
                await TakeAsync(index).ConfigureAwait(false);
            }
        }
        finally
        {
            if (Files.Any())
                context.SaveResult(Result(), BurstJson.Default.BurstResult);
        }
        if (!Files.Any() && Failures.LastOrDefault() is { } last)
            throw new JobException(last.Code, $"None of {parameters.Count} frames came. The last failure: {last.Message}", "task.log has every failure.");
        if (parameters.Then.Count == 0)
            return;
        _then = Chain.Submit(parameters.Then, Files.Count(), context);
        context.SaveResult(Result(), BurstJson.Default.BurstResult);
    }

    private TimeSpan Elapsed => context.Time.GetElapsedTime(_started);

    private double Seconds => Math.Round(_before.Seconds + Elapsed.TotalSeconds, 3);

    private int Missed => _before.Missed + _schedule.Missed;

    private IEnumerable<ShotFile> Files => _entries.SelectMany(static entry => entry.Files);

    private IEnumerable<ShotFailure> Failures => _entries.Select(static entry => entry.Failure).OfType<ShotFailure>();

    /// <summary>Takes over what the attempts before have: nothing, where no frame has come yet.</summary>
    private void GoOn()
    {
        foreach (var torn in Directory.EnumerateFiles(context.OutputFolder, ".*.partial.*").ToList())
            File.Delete(torn); // a writer that was killed left it
        if (context.LoadCheckpoint(BurstJson.Default.BurstCheckpoint) is { } checkpoint)
        {
            var entries = _journal.Read(checkpoint.Frames).TakeWhile(IsWhole).ToList();
            if (entries.Exists(static entry => entry.Files.Count > 0))
            {
                _before = checkpoint with { Frames = entries.Count };
                _entries.AddRange(entries);
            }
        }
        _journal.Rewrite(_entries);
        _gallery.AddFrames(Files, parameters.Type); // the worker may have died before it did
    }

    /// <summary>From the first frame on that is out of its place, or whose file is gone, frames are taken again.</summary>
    private bool IsWhole(BurstEntry entry, int index) =>
        entry.Frame == index + 1 && entry.Files.All(file => File.Exists(Path.Combine(context.OutputFolder, file.File)));

    private void Keep(BurstEntry entry)
    {
        _entries.Add(entry);
        AtomicFile.SyncFolder(context.OutputFolder);
        _journal.Append(entry);
        context.SaveCheckpoint(new BurstCheckpoint(entry.Frame, Missed, Seconds), BurstJson.Default.BurstCheckpoint);
        _gallery.AddFrames(entry.Files, parameters.Type);
    }

    private async Task TakeAsync(int index)
    {
        var number = index + 1;
        var began = context.Time.GetUtcNow() - Elapsed;
        var taken = await _taker.TakeAsync(number, parameters.Count - index).ConfigureAwait(false);
        if (taken.Failure is { } failed)
        {
            Keep(new BurstEntry(number, [], new ShotFailure(number, failed.Code, failed.Message)));
            context.Report(number, parameters.Count, Phase, $"Frame {number}/{parameters.Count} failed: {failed.Message}");
            if (Failures.Count() > parameters.MaxFailures)
                throw new JobException(failed.Code, $"More than {parameters.MaxFailures} frames have failed. The last failure: {failed.Message}", failed.Hint);
            return;
        }
        _firstStart ??= Within(taken.Files[0].TakenAt - began); // a camera takes a while to open: the interval counts from the first shutter
        Keep(new BurstEntry(number, [.. taken.Files.Select(file => ShotFile.Of(number, file))], null));
        context.Report(number, parameters.Count, Phase, $"Frame {number}/{parameters.Count} saved {string.Join(" ", taken.Files.Select(file => Path.GetFileName(file.Path)))}");
    }

    /// <summary>A clock that is set meanwhile must not move the schedule.</summary>
    private TimeSpan Within(TimeSpan start) => start < TimeSpan.Zero ? TimeSpan.Zero : start > Elapsed ? Elapsed : start;

    private BurstResult Result() =>
        new(parameters.Camera, parameters.Count, _entries.Count(static entry => entry.Files.Count > 0), Missed, Seconds, [.. Files], [.. Failures], _then);
}
