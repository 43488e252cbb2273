using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Imaging.Stacking;

/// <summary>One file for the decoded samples of all frames whose formats give no rows directly. It has no life of its own: closing deletes it.</summary>
internal sealed class ScratchFile(string folder) : IDisposable
{
    private readonly Lock _lock = new();
    private SafeFileHandle? _file;
    private long _length;

    /// <summary>Sets room aside; safe from several threads.</summary>
    /// <returns>Where it begins.</returns>
    public long Reserve(long bytes)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(folder);
            _file ??= File.OpenHandle(
                Path.Combine(folder, "frames.scratch"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
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

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Opened() => _file ?? throw new InvalidOperationException("No room was reserved in the scratch file.");
}
