using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Imaging.Rendering;

/// <summary>A picture of floats in a file of its own, any rows at any time: a result before it is finished. Channel by channel, row-major.</summary>
internal sealed class ScratchPicture : IDisposable
{
    private readonly int _width;
    private readonly long _pixels;
    private readonly SafeFileHandle _file;

    /// <param name="keep">The file outlives this object, and what an earlier one left in it is kept.</param>
    public ScratchPicture(string path, int width, int height, bool keep)
    {
        (_width, _pixels) = (width, (long)width * height);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = File.OpenHandle(
            path, keep ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.None, keep ? FileOptions.None : FileOptions.DeleteOnClose);
    }

    public void WriteRows(int channel, int firstRow, ReadOnlySpan<float> rows) =>
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(rows), OffsetOf(channel, firstRow));

    public void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var bytes = MemoryMarshal.AsBytes(rows);
        var offset = OffsetOf(channel, firstRow);
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(_file, bytes, offset);
            if (count == 0)
                throw new EndOfStreamException("The file of the unfinished result is shorter than what was written to it.");
            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>On disk before this returns.</summary>
    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private long OffsetOf(int channel, int row) => ((channel * _pixels) + ((long)row * _width)) * sizeof(float);
}
