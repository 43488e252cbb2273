using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// The queue: one empty file a job, in a folder named after the slots it needs, so that a slot that is taken costs one look however
/// long its line is. A job that may not start before a time stands in <see cref="Later"/> until then. Entries are an index: the truth is the job's status.
/// </summary>
internal sealed class Queue(JobStore store)
{
    public Later Later { get; } = new(store);

    private string Root => Path.Combine(store.Engine, "queue");

    /// <summary>Whether nobody waits, neither for a slot nor for a time.</summary>
    public bool IsEmpty => !HasLines && Later.IsEmpty;

    /// <summary>Whether somebody stands in a line. Asked by every poll: without LINQ, whose assembly takes longer to load than the folders to read.</summary>
    public bool HasLines
    {
        get
        {
            foreach (var line in LineFolders())
                if (HasEntries(line))
                    return true;
            return false;
        }
    }

    /// <summary>The lines that somebody stands in, by slots.</summary>
    public IReadOnlyList<QueueLine> Lines()
    {
        var lines = new List<QueueLine>();
        foreach (var line in LineFolders())
            if (HasEntries(line))
                lines.Add(QueueLine.OfFolder(line));
        return lines;
    }

    /// <summary>One for each set of slots that somebody has ever waited for.</summary>
    public IEnumerable<string> LineFolders() => Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : [];

    /// <summary>Gives a job its place: in its line, or among those that wait for a time.</summary>
    /// <param name="notBefore">The job's <see cref="JobStatus.NotBefore"/>.</param>
    public void Add(JobSpec spec, DateTimeOffset? notBefore)
    {
        var entry = PlaceOf(spec, notBefore);
        Directory.CreateDirectory(Path.GetDirectoryName(entry)!);
        AtomicFile.WriteBytes(entry, [], durable: false);
    }

    /// <summary>Whether a job has its place. Looked for among the timed ones first: from there it moves into its line, never back.</summary>
    public bool Contains(JobSpec spec, DateTimeOffset? notBefore) =>
        (notBefore is { } time && File.Exists(Later.EntryOf(spec.JobId, time))) || File.Exists(EntryOf(spec));

    /// <summary>Takes back what <see cref="Add"/> gave.</summary>
    public void Drop(JobSpec spec, DateTimeOffset? notBefore) => new QueueEntry(PlaceOf(spec, notBefore), spec.JobId).Remove();

    /// <summary>Takes a job out wherever it stands. Its job.json may be damaged: its place in a line, if it had one, is then dropped by the next dispatcher.</summary>
    public void Remove(JobFolder folder, DateTimeOffset? notBefore)
    {
        if (notBefore is { } time)
            new QueueEntry(Later.EntryOf(folder.Id, time), folder.Id).Remove();
        try
        {
            new QueueEntry(EntryOf(folder.ReadSpec()), folder.Id).Remove();
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
        }
    }

    /// <summary>Moves a job whose time has come from <see cref="Later"/> into its line, in one step: whoever dies here leaves it in one of the two.</summary>
    public void MoveIntoLine(QueueEntry due, JobSpec spec)
    {
        var entry = EntryOf(spec);
        Directory.CreateDirectory(Path.GetDirectoryName(entry)!);
        Errno.Check(Libc.Rename(due.Path, entry), $"queue job {spec.JobId}");
    }

    /// <summary>Makes a place survive a power cut.</summary>
    public void Sync(JobSpec spec, DateTimeOffset? notBefore) => AtomicFile.SyncFolder(Path.GetDirectoryName(PlaceOf(spec, notBefore))!);

    public string EntryOf(JobSpec spec) => Path.Combine(Root, SlotNames.Encode(spec.Slots), QueueEntry.NameOf(spec.Priority, spec.JobId));

    private string PlaceOf(JobSpec spec, DateTimeOffset? notBefore) => notBefore is { } time ? Later.EntryOf(spec.JobId, time) : EntryOf(spec);

    private static bool HasEntries(string folder)
    {
        using var entries = Directory.EnumerateFiles(folder).GetEnumerator();
        return entries.MoveNext();
    }
}
