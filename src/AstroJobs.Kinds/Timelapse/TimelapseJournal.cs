using System.Text.Json;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>
/// work/shots.jsonl: a head, then a line a shot, on disk before the next one. A line that cannot be read, torn or of a later version, is passed over,
/// and members that this version does not know are left alone: what can be read counts.
/// </summary>
internal sealed class TimelapseJournal(string workFolder)
{
    public const int KnownVersion = 1;

    private readonly string _path = Path.Combine(workFolder, "shots.jsonl");

    /// <summary>Empty where there is none.</summary>
    public IReadOnlyList<TimelapseEntry> Read() => File.Exists(_path) ? [.. File.ReadLines(_path).Select(TryParse).OfType<TimelapseEntry>()] : [];

    /// <summary>Begins anew, durably and in one step.</summary>
    public void Begin(DateTimeOffset first, IEnumerable<TimelapseShot> shots)
    {
        using var lines = new MemoryStream();
        Write(lines, new TimelapseEntry(KnownVersion, first));
        foreach (var shot in shots)
            Write(lines, new TimelapseEntry(Shot: shot));
        AtomicFile.Write(_path, lines.ToArray(), durable: true);
    }

    /// <summary>Says that a shot is begun. Not synced: it tells who comes after a killed worker, and a shot does not wait for a disk.</summary>
    public void Announce(int shot, DateTimeOffset at) => Append([new TimelapseEntry(Begun: shot, At: at)], durable: false);

    /// <summary>On disk before this returns.</summary>
    public void Add(IEnumerable<TimelapseShot> shots) => Append(shots.Select(static shot => new TimelapseEntry(Shot: shot)), durable: true);

    private void Append(IEnumerable<TimelapseEntry> entries, bool durable)
    {
        using var file = new FileStream(_path, FileMode.Append);
        foreach (var entry in entries)
            Write(file, entry);
        file.Flush(flushToDisk: durable);
    }

    private static void Write(Stream file, TimelapseEntry entry)
    {
        file.Write(JsonSerializer.SerializeToUtf8Bytes(entry, TimelapseLines.Default.TimelapseEntry));
        file.WriteByte((byte)'\n');
    }

    private static TimelapseEntry? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TimelapseLines.Default.TimelapseEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
