using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Burst;

/// <summary>work/frames.jsonl: a line when a frame is begun and one when it is over, so that a burst that goes on knows what it has.</summary>
internal sealed class BurstJournal(string workFolder)
{
    private readonly JsonLines<BurstEntry> _entries = new(Path.Combine(workFolder, "frames.jsonl"), BurstJson.Default.BurstEntry);
    private readonly JsonLines<BurstBeginning> _beginnings = new(Path.Combine(workFolder, "frames.jsonl"), BurstJson.Default.BurstBeginning);

    /// <summary>The frames that are over, up to a number, in the order they were taken.</summary>
    public IReadOnlyList<BurstEntry> Read(int frames) => [.. _entries.Read().Where(entry => entry.Frame > 0 && entry.Frame <= frames)];

    /// <summary>The last time that each frame was begun, by its number.</summary>
    public IReadOnlyDictionary<int, BurstBeginning> ReadBeginnings() =>
        _beginnings.Read().Where(static line => line.Begun > 0).GroupBy(static line => line.Begun).ToDictionary(static lines => lines.Key, static lines => lines.Last());

    /// <summary>Begins with these entries; what else the journal had is dropped.</summary>
    public void Rewrite(IReadOnlyList<BurstEntry> entries) => _entries.Begin(entries);

    /// <summary>On disk before this returns.</summary>
    public void Append(BurstEntry entry) => _entries.Append([entry], durable: true);

    /// <summary>Not synced: it tells who comes after a killed worker, and a frame does not wait for a disk.</summary>
    public void Announce(BurstBeginning beginning) => _beginnings.Append([beginning], durable: false);
}
