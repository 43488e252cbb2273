using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Shooting;
using Microsoft.Extensions.Logging;

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
        var beginnings = context.Resumes ? _journal.ReadBeginnings() : new Dictionary<int, BurstBeginning>();
        if (context.LoadCheckpoint(BurstJson.Default.BurstCheckpoint) is { } checkpoint)
        {
            _entries.AddRange(_journal.Read(checkpoint.Frames).TakeWhile(IsWhole));
            _before = checkpoint;
        }
        _journal.Rewrite(_entries);
        _gallery.AddFrames(Files, parameters.Type); // the worker may have died before it did
        if (context.Resumes)
            AdoptLeft(beginnings);
        _before = Files.Any() ? _before with { Frames = _entries.Count } : new(0, 0, 0);
        if (!Files.Any())
            _entries.Clear();
    }

    /// <summary>Frames that had come when the worker was killed, and were not recorded.</summary>
    private void AdoptLeft(IReadOnlyDictionary<int, BurstBeginning> beginnings)
    {
        var left = new LeftFrames(CameraDrivers.ScratchFolder(context), context.OutputFolder, context.Log);
        for (var number = _entries.Count + 1; number <= parameters.Count; number++)
        {
            var begun = beginnings.GetValueOrDefault(number);
            var files = left.Adopt(begun?.Name ?? _taker.NameOf(number));
            if (files.Count == 0)
                return;
            var exposure = parameters.Bulb ?? parameters.Exposure;
            var takenAt = begun?.At ?? new DateTimeOffset(File.GetLastWriteTimeUtc(files[0])) - (exposure ?? TimeSpan.Zero);
            context.Log.LogInformation("Frame {Number} had come: {Files}", number, string.Join(' ', files.Select(Path.GetFileName)));
            Keep(new BurstEntry(number, [.. files.Select(file => new ShotFile(number, Path.GetFileName(file), takenAt, exposure?.TotalSeconds))], null));
        }
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
        var name = _taker.NameOf(number);
        _journal.Announce(new BurstBeginning(number, name, context.Time.GetUtcNow()));
        var taken = await _taker.TakeAsync(number, name, parameters.Count - index, inARow: parameters.Interval == TimeSpan.Zero).ConfigureAwait(false);
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
