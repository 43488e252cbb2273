using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>One file for the decoded samples of all frames whose formats give no rows directly.</summary>
/// <param name="kept">Bytes at its beginning that an earlier run left; null when the file has no life of its own: closing deletes it.</param>
internal sealed class ScratchFile(string path, long? kept = null) : IDisposable
{
    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private long _length = kept ?? 0;

    /// <summary>Sets room aside; safe from several threads.</summary>
    /// <returns>Where it begins.</returns>
    public long Reserve(long bytes)
    {
        lock (_lock)
        {
            Open();
            var offset = _length;
            _length += bytes;
            return offset;
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> samples) => RandomAccess.Write(Opened(), samples, offset);

    public void Read(long offset, Span<byte> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = RandomAccess.Read(Opened(), samples, offset);
            if (count == 0)
                throw new EndOfStreamException("The scratch file of decoded frames is shorter than what was written to it.");
            samples = samples[count..];
            offset += count;
        }
    }

    /// <summary>On disk before this returns.</summary>
    public void Sync()
    {
        if (_file is not null)
            RandomAccess.FlushToDisk(_file);
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Opened()
    {
        lock (_lock)
            return Open();
    }

    private SafeFileHandle Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return _file ??= File.OpenHandle(
            path, kept is null ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, kept is null ? FileOptions.DeleteOnClose : FileOptions.None);
    }
}
