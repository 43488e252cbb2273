using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// A job that is being built under a name nobody looks at, its lock held. Disposed before <see cref="Complete"/> it leaves nothing;
/// what a killed builder leaves is swept by the next one, who sees by the lock that nobody builds there any more.
/// </summary>
internal sealed class Construction(JobStore store, JobId id, string callerFolder, TimeProvider time) : SubmitContext, IDisposable
{
    /// <summary>A submit takes milliseconds. Folders younger than this are left alone: their locks are wanted by who builds and starts those jobs.</summary>
    private static readonly TimeSpan SweepAge = TimeSpan.FromMinutes(1);

    private readonly JobFolder _building = store.OpenUnderConstruction(id);
    private readonly List<JobId> _after = [];
    private FolderLock? _lock;
    private bool _complete;

    public override string InputFolder
    {
        get
        {
            Start();
            Directory.CreateDirectory(_building.Input);
            return _building.Input;
        }
    }

    public override string CallerFolder => callerFolder;

    public override TimeProvider Time => time;

    public IReadOnlyList<JobId> After => _after;

    public override JobId Find(string idOrPrefix) => store.Find(idOrPrefix).Id;

    public override JobId WaitFor(string idOrPrefix)
    {
        var folder = store.Find(idOrPrefix);
        var status = folder.ReadStatus();
        if (status.State is JobState.Error or JobState.Cancelled)
            throw new JobException(ErrorCode.BadInput, $"Job {folder.Id} ended as {(status.State == JobState.Error ? "error" : "cancelled")}: it has no result to wait for.", $"See `astrojobs log {folder.Id}`.");
        if (!_after.Contains(folder.Id))
            _after.Add(folder.Id);
        return folder.Id;
    }

    /// <summary>Writes and syncs everything, gives the job its name and its place in the queue. The lock stays held.</summary>
    public void Complete(JobSpec spec, Queue queue)
    {
        Start();
        _building.Build(spec, Transitions.Create(spec));
        var final = store.PathOf(id);
        try
        {
            queue.Add(spec, spec.StartAt); // before it has its name: whoever dies between the two leaves no job that nobody starts
            FailPoints.Pass(FailPoint.SubmitQueued);
            Name(final);
        }
        catch (IOException)
        {
            queue.Drop(spec, spec.StartAt);
            throw;
        }
        store.Keep(_building.MovedTo(final));
        _complete = true;
    }

    private void Name(string final)
    {
        Errno.Check(Libc.Rename(_building.Path, final), $"name the job '{final}'");
        FailPoints.Pass(FailPoint.SubmitRenamed);
        try
        {
            AtomicFile.SyncFolder(store.Root);
            FailPoints.Pass(FailPoint.SubmitStoreSynced);
        }
        catch (IOException)
        {
            Errno.Check(Libc.Rename(final, _building.Path), $"take back the job '{final}'"); // out of sight in one step: its caller is told that there is none
            throw;
        }
    }

    /// <summary>From now on a dispatcher may start the job.</summary>
    public void Release() => _lock?.Dispose();

    public void Dispose()
    {
        if (!_complete)
            FolderRemoval.Remove(_building.Path);
        Release();
    }

    /// <summary>Makes the store where there is none, and the folder to build in.</summary>
    public void Start()
    {
        if (_lock is not null)
            return;
        FailPoints.Pass(FailPoint.SubmitBegun);
        store.Make(store.UnderConstruction);
        Sweep();
        Directory.CreateDirectory(_building.Path);
        FailPoints.Pass(FailPoint.SubmitFolderMade);
        _lock = FolderLock.TryAcquire(_building.Lock)
            ?? throw new JobException(ErrorCode.Busy, $"The new job's folder '{_building.Path}' was taken by somebody else.", "Try again.");
        FailPoints.Pass(FailPoint.SubmitFolderLocked);
    }

    private void Sweep()
    {
        foreach (var path in Directory.EnumerateDirectories(store.UnderConstruction))
        {
            if (time.GetUtcNow() - Directory.GetLastWriteTimeUtc(path) < SweepAge)
                continue;
            var left = new JobFolder(path, id);
            using var abandoned = TryClaim(left);
            if (abandoned is not null && File.Exists(left.Lock)) // else it is being built, or just got its name
                Discard(path);
        }
    }

    /// <summary>A builder may have died before it made the lock: then it is made here.</summary>
    private static FolderLock? TryClaim(JobFolder left)
    {
        try
        {
            return FolderLock.TryAcquire(left.Lock);
        }
        catch (IOException)
        {
            return null; // it just got its name, or nothing can be written here: in nobody's way
        }
    }

    /// <summary>Out of the way in one step: a builder who has made the folder but does not hold its lock yet may go on making files in it.</summary>
    private void Discard(string path)
    {
        var trash = Path.Combine(store.Trash, $"{Path.GetFileName(path)}-{id}");
        try
        {
            Directory.CreateDirectory(store.Trash);
            Errno.Check(Libc.Rename(path, trash), $"sweep '{path}'");
            FolderRemoval.Remove(trash);
        }
        catch (IOException)
        {
            // No room on the disk, or its builder made one more file: left for the next one. It is in nobody's way.
        }
    }
}
