using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// Files replaced whole: written under a temporary name in the same folder, then renamed. A durable write also survives a power cut:
/// the file is synced before the rename and the folder after it (fsync(2): "an explicit fsync() on a file descriptor for the directory is also needed").
/// </summary>
public static class AtomicFile
{
    /// <summary>Only one process at a time may replace a file: it holds the lock of the folder. So the temporary name is fixed and a left-over is overwritten.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool durable)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.tmp");
        try
        {
            WriteBytes(temporary, bytes, durable);
            Errno.Check(Libc.Rename(temporary, path), $"rename '{temporary}'");
            FailPoints.Pass(FailPoint.FileRenamed);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
        if (!durable)
            return;
        SyncFolder(folder);
        FailPoints.Pass(FailPoint.FileFolderSynced);
    }

    /// <summary>Writes a file that nobody can see yet, in a folder under construction.</summary>
    public static void WriteBytes(string path, ReadOnlySpan<byte> bytes, bool durable)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, bytes, 0);
        FailPoints.Pass(FailPoint.FileWritten);
        if (!durable)
            return;
        RandomAccess.FlushToDisk(file);
        FailPoints.Pass(FailPoint.FileSynced);
    }

    public static void SyncFolder(string folder)
    {
        using var handle = FileDescriptor.Open(folder, Libc.ReadOnly);
        Errno.Check(Libc.FSync(FileDescriptor.Number(handle)), $"sync the folder '{folder}'");
    }
}
