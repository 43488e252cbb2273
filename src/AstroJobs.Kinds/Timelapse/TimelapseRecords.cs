using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Shooting;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>What has become of the shots, in memory and on disk, with that of the attempts before.</summary>
internal sealed class TimelapseRecords(TimelapseParameters parameters, JobContext context)
{
    private readonly FrameName _name = FrameName.Parse(parameters.NameTemplate);
    private readonly TimelapseJournal _journal = new(context.WorkFolder);
    private readonly GalleryShelf _gallery = new(parameters.Gallery, context);
    private readonly SortedDictionary<int, TimelapseShot> _shots = [];
    private readonly Dictionary<int, DateTimeOffset> _begun = [];
    private readonly List<TimelapseShot> _unsaved = [];
    private readonly LeftFrames _left = new(CameraDrivers.ScratchFolder(context), context.OutputFolder, context.Log);
    private readonly long _started = context.Time.GetTimestamp();
    private double _secondsBefore;

    /// <summary>The time that the schedule is counted from: the first attempt's.</summary>
    public DateTimeOffset First { get; private set; }

    public int Count(ShotStatus status) => _shots.Values.Count(shot => shot.Status == status);

    public int Files => _shots.Values.Sum(static shot => shot.Files.Count);

    public TimelapseShot? LastFailed => _shots.Values.LastOrDefault(static shot => shot.Status == ShotStatus.Failed);

    public bool Knows(int number) => _shots.ContainsKey(number);

    /// <summary>Takes over what the attempts before have.</summary>
    /// <param name="first">The time that the schedule is counted from where this is the first attempt.</param>
    public void Open(DateTimeOffset first)
    {
        foreach (var torn in Directory.EnumerateFiles(context.OutputFolder, ".*.partial.*").ToList())
            File.Delete(torn); // a writer that was killed left it
        var entries = context.Resumes ? _journal.Read() : [];
        var checkpoint = context.LoadCheckpoint(TimelapseJson.Default.TimelapseCheckpoint);
        if (entries.Any(static entry => entry.Version > TimelapseJournal.KnownVersion))
            context.Log.LogWarning("The records of this series are of a later astrojobs: what can be read counts");
        First = entries.Select(static entry => entry.First).FirstOrDefault(static known => known is not null) ?? checkpoint?.First ?? first;
        _secondsBefore = checkpoint?.Seconds ?? 0;
        foreach (var entry in entries)
        {
            if (entry is { Begun: { } number, At: { } at })
                _begun[number] = at;
            if (entry.Shot is { } shot)
                _shots[shot.Shot] = shot;
        }
        _journal.Begin(First, _shots.Values);
        foreach (var shot in _shots.Values)
            Show(shot); // the worker may have died before it did
    }

    /// <summary>Says that the camera is asked now.</summary>
    public void Announce(int number, DateTimeOffset at) => _journal.Announce(number, at);

    /// <summary>
    /// Settles a shot that a killed worker had begun. Where its files are there it is taken, whatever else was lost; where they are not, it has failed,
    /// unless there is still time for it.
    /// </summary>
    public bool TrySettle(int number, DateTimeOffset due, bool isOver)
    {
        if (!context.Resumes)
            return false;
        var begun = _begun.TryGetValue(number, out var at) ? at : (DateTimeOffset?)null;
        var files = begun is null ? Directory.GetFiles(context.OutputFolder, $"{NameOf(number)}.*") : _left.Adopt(NameOf(number));
        if (files.Count > 0)
        {
            var finished = new DateTimeOffset(files.Max(File.GetLastWriteTimeUtc));
            Keep(new TimelapseShot(number, due, begun ?? due, finished, ShotStatus.Taken, [.. files.Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)], null, null));
            return true;
        }
        if (begun is null || !isOver)
            return false;
        Keep(new TimelapseShot(number, due, begun, null, ShotStatus.Failed, [], new JobError(ErrorCode.Interrupted, "The worker was stopped in mid-shot."), null));
        return true;
    }

    /// <summary>Durable before this returns, with what was missed before it.</summary>
    public void Keep(TimelapseShot shot)
    {
        AtomicFile.SyncFolder(context.OutputFolder);
        Miss(shot);
        Save();
        Show(shot);
    }

    /// <summary>Durable with the next <see cref="Save"/>: who dies before that finds it missed again.</summary>
    public void Miss(TimelapseShot shot)
    {
        _shots[shot.Shot] = shot;
        _unsaved.Add(shot);
    }

    public void Save()
    {
        if (_unsaved.Count == 0)
            return;
        _journal.Add(_unsaved);
        _unsaved.Clear();
        context.SaveCheckpoint(
            new TimelapseCheckpoint(TimelapseJournal.KnownVersion, First, _shots.Count, Count(ShotStatus.Taken), Count(ShotStatus.Failed), Count(ShotStatus.Missed), Seconds),
            TimelapseJson.Default.TimelapseCheckpoint);
    }

    /// <summary>The name of a shot's files without their ending.</summary>
    public string NameOf(int number) => _name.Of(parameters, number, First);

    public TimelapseResult ToResult(int planned, IReadOnlyList<FollowerOutcome> then) => new(
        parameters.Camera,
        parameters.Mode,
        planned,
        Count(ShotStatus.Taken),
        Count(ShotStatus.Failed),
        Count(ShotStatus.Missed),
        Seconds,
        [.. _shots.Values.SelectMany(shot => shot.Files.Select(file => new TimelapseFile(shot.Shot, file, shot.Started ?? shot.Scheduled, (parameters.Bulb ?? parameters.Exposure)?.TotalSeconds)))],
        [.. _shots.Values],
        then);

    private void Show(TimelapseShot shot)
    {
        foreach (var file in shot.Files)
            _gallery.AddFrame(Path.Combine(context.OutputFolder, file), shot.Started ?? shot.Scheduled, parameters.Type);
    }

    private double Seconds => Math.Round(_secondsBefore + context.Time.GetElapsedTime(_started).TotalSeconds, 3);
}
