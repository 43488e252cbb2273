using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>
/// work/shots.jsonl: a head, then a line a shot, on disk before the next one. Lines and members that this version does not know are left alone:
/// what can be read counts.
/// </summary>
internal sealed class TimelapseJournal(string workFolder)
{
    public const int KnownVersion = 1;

    private readonly JsonLines<TimelapseEntry> _lines = new(Path.Combine(workFolder, "shots.jsonl"), TimelapseLines.Default.TimelapseEntry);

    /// <summary>Empty where there is none.</summary>
    public IReadOnlyList<TimelapseEntry> Read() => _lines.Read();

    /// <summary>Begins anew, durably and in one step.</summary>
    public void Begin(DateTimeOffset first, IEnumerable<TimelapseShot> shots) =>
        _lines.Begin([new TimelapseEntry(KnownVersion, first), .. shots.Select(static shot => new TimelapseEntry(Shot: shot))]);

    /// <summary>Says that a shot is begun. Not synced: it tells who comes after a killed worker, and a shot does not wait for a disk.</summary>
    public void Announce(int shot, DateTimeOffset at) => _lines.Append([new TimelapseEntry(Begun: shot, At: at)], durable: false);

    /// <summary>On disk before this returns.</summary>
    public void Add(IEnumerable<TimelapseShot> shots) => _lines.Append(shots.Select(static shot => new TimelapseEntry(Shot: shot)), durable: true);
}
