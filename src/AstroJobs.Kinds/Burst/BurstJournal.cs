using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Burst;

/// <summary>work/frames.jsonl: one line a frame, written when the frame is over, so that a burst that goes on knows what it has.</summary>
internal sealed class BurstJournal(string workFolder)
{
    private readonly JsonLines<BurstEntry> _lines = new(Path.Combine(workFolder, "frames.jsonl"), BurstJson.Default.BurstEntry);

    /// <summary>The frames up to a number, in the order they were taken.</summary>
    public IReadOnlyList<BurstEntry> Read(int frames) => [.. _lines.Read().Where(entry => entry.Frame <= frames)];

    /// <summary>Begins with these entries; what else the journal had is dropped.</summary>
    public void Rewrite(IReadOnlyList<BurstEntry> entries) => _lines.Begin(entries);

    /// <summary>On disk before this returns.</summary>
    public void Append(BurstEntry entry) => _lines.Append([entry], durable: true);
}
