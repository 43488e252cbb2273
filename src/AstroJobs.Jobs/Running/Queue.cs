using System.Globalization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// The queue: one empty file a job, in a folder named after the slots it needs, so that a slot that is taken costs one look however
/// long its line is. A file's name sorts by priority (higher first), then age. Entries are an index: the truth is the job's status.
/// </summary>
internal sealed class Queue(JobStore store)
{
    private const int PriorityBase = 1_000_000;

    private string Root => Path.Combine(store.Engine, "queue");

    public bool IsEmpty => !Directory.Exists(Root) || !Directory.EnumerateDirectories(Root).Any(HasEntries);

    /// <summary>The lines that somebody stands in, by slots.</summary>
    public IReadOnlyList<QueueLine> Lines() =>
        Directory.Exists(Root) ? [.. Directory.EnumerateDirectories(Root).Where(HasEntries).Select(static folder => new QueueLine(folder))] : [];

    public void Add(JobSpec spec)
    {
        var entry = EntryOf(spec);
        Directory.CreateDirectory(Path.GetDirectoryName(entry)!);
        AtomicFile.WriteBytes(entry, [], durable: false);
    }

    public bool Contains(JobSpec spec) => File.Exists(EntryOf(spec));

    public void Remove(JobSpec spec)
    {
        if (Contains(spec))
            File.Delete(EntryOf(spec));
    }

    /// <summary>Takes a job out whose job.json may be damaged: its entry, if it had one, is then dropped by the next dispatcher.</summary>
    public void Remove(JobFolder folder)
    {
        try
        {
            Remove(folder.ReadSpec());
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
        }
    }

    /// <summary>Makes an entry survive a power cut.</summary>
    public void Sync(JobSpec spec) => AtomicFile.SyncFolder(Path.GetDirectoryName(EntryOf(spec))!);

    public string EntryOf(JobSpec spec)
    {
        var rank = (PriorityBase - spec.Priority).ToString("D7", CultureInfo.InvariantCulture);
        return Path.Combine(Root, SlotNames.Encode(spec.Slots), $"{rank}-{spec.JobId}");
    }

    private static bool HasEntries(string folder) => Directory.EnumerateFiles(folder).Any();
}
