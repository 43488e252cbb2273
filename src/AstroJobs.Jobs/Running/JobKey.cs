using System.Security.Cryptography;
using System.Text;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// A caller's own name for a job, held while a job is made under it. The file is named by a hash, since a key may be any text; it holds
/// the id of the last job that was to be made. Whether there is a job is the store's to say: a deleted one has freed its key.
/// </summary>
internal sealed class JobKey : IDisposable
{
    /// <summary>A submit reads file headers and writes one folder; who takes longer has been stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly JobStore _store;
    private readonly FolderLock _lock;
    private readonly string _path;

    private JobKey(JobStore store, FolderLock held, string path) => (_store, _lock, _path) = (store, held, path);

    /// <summary>The job that has this key now.</summary>
    public JobId? Job => FolderLock.ReadNote(_path) is { } id && _store.Open(id).Exists ? id : null;

    /// <exception cref="JobException"><c>busy</c>: another submit with this key does not come to an end.</exception>
    public static JobKey Hold(JobStore store, string key)
    {
        store.Make(store.Keys);
        var path = FileOf(store, key);
        while (true)
        {
            var held = FolderLock.Acquire(path, Patience)
                ?? throw new JobException(ErrorCode.Busy, $"Another submit with the key '{key}' is under way.", "Is it stopped? End it, then try again.");
            if (!held.IsOfDeletedFile)
                return new JobKey(store, held, path);
            held.Dispose(); // forgotten between the opening of the file and its lock: others would lock a new file of that name
        }
    }

    /// <summary>Takes away the file of a key whose job is gone. One that is held stays: it is about to get a new job.</summary>
    public static void Forget(JobStore store, string key) => ForgetFile(store, FileOf(store, key));

    /// <summary>The same for every key: what killed deletes, and versions that kept them, left.</summary>
    public static void ForgetGone(JobStore store)
    {
        if (!Directory.Exists(store.Keys))
            return;
        foreach (var path in Directory.EnumerateFiles(store.Keys))
            ForgetFile(store, path);
    }

    /// <summary>Durable, and before the job has its name: a job that exists can always be found by its key.</summary>
    public void Give(JobId job)
    {
        AtomicFile.WriteBytes(_path, Encoding.ASCII.GetBytes(job.ToString()), durable: true);
        AtomicFile.SyncFolder(_store.Keys);
    }

    public void Dispose() => _lock.Dispose();

    private static string FileOf(JobStore store, string key) => Path.Combine(store.Keys, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));

    private static void ForgetFile(JobStore store, string path)
    {
        using var held = FolderLock.TryAcquireExisting(path);
        if (held is { IsOfDeletedFile: false } && FolderLock.ReadNote(path) is var job && (job is null || !store.Open(job.Value).Exists))
            File.Delete(path);
    }
}
