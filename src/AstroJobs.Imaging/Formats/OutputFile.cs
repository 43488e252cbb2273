using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Imaging.Formats;

/// <summary>A file that is written under a temporary name in its own folder and appears under its own by rename, synced and whole.</summary>
internal sealed class OutputFile : IDisposable
{
    private const int DiskFullErrno = 28; // ENOSPC; .NET answers it in the low bits of HResult
    private const int QuotaErrno = 122; // EDQUOT
    private const long NearlyNothing = 64 * 1024;
    private bool _committed;

    /// <exception cref="ImageException">The folder is missing or cannot be written.</exception>
    public OutputFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        var folder = System.IO.Path.GetDirectoryName(Path) ?? "/";
        if (Directory.Exists(Path))
            throw new ImageException($"Cannot write '{path}': it is a folder. Give a file name.");
        if (!Directory.Exists(folder))
            throw new ImageException($"Cannot write '{path}': the folder '{folder}' does not exist. Create it first.");
        // The name's own ending stays last: no library then takes it for another format.
        TemporaryPath = System.IO.Path.Combine(folder, $".{Guid.NewGuid():N}.partial{System.IO.Path.GetExtension(path)}");
    }

    public string Path { get; }

    public string TemporaryPath { get; }

    /// <summary>Writes the whole file at once.</summary>
    public void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> tail)
    {
        try
        {
            using var handle = File.OpenHandle(TemporaryPath, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(handle, head, 0);
            RandomAccess.Write(handle, body, head.Length);
            RandomAccess.Write(handle, tail, (long)head.Length + body.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e.Message, e);
        }
    }

    /// <summary>Syncs what stands under the temporary name and gives it its own.</summary>
    public void Commit()
    {
        try
        {
            using (SafeFileHandle handle = File.OpenHandle(TemporaryPath, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(handle);
            File.Move(TemporaryPath, Path, overwrite: true);
            _committed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e.Message, e);
        }
    }

    /// <summary>What to throw when writing failed: a full disk is named as such, for the libraries say only that a write failed.</summary>
    public ImageException Failure(string reason, Exception? inner = null)
    {
        var message = IsDiskFull(inner)
            ? $"Cannot write '{Path}': the disk is full. Free some space, or choose another folder."
            : $"Cannot write '{Path}': {reason}";
        return inner is null ? new ImageException(message) : new ImageException(message, inner);
    }

    public void Dispose()
    {
        if (!_committed)
            File.Delete(TemporaryPath);
    }

    private bool IsDiskFull(Exception? inner)
    {
        if (inner is IOException && (inner.HResult & 0xFFFF) is DiskFullErrno or QuotaErrno)
            return true;
        try
        {
            return new DriveInfo(System.IO.Path.GetDirectoryName(Path) ?? "/").AvailableFreeSpace < NearlyNothing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
