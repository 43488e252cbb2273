using System.Buffers;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging;

/// <summary>An opened picture: its description at once, its rows on demand. Not for several threads at a time.</summary>
public abstract class FrameReader(FrameInfo info) : IDisposable
{
    public FrameInfo Info { get; } = info;

    /// <summary>True when any row comes straight from the file; false when the first call decodes the whole picture and keeps it.</summary>
    public abstract bool ReadsRowsDirectly { get; }

    /// <summary>Fills <paramref name="rows"/> (whole rows, top down from <paramref name="firstRow"/>) with samples scaled as in <see cref="Frame"/>.</summary>
    /// <exception cref="ImageException">The file is torn or cannot be read.</exception>
    public abstract void ReadRows(int channel, int firstRow, Span<float> rows);

    /// <summary>What <see cref="ReadRawRows"/> hands out: UInt8, UInt16 or Float32, the smallest that holds every sample of this file exactly as <see cref="ReadRows"/> does.</summary>
    public virtual SampleFormat RawFormat => SampleFormat.Float32;

    /// <summary>The floats of <see cref="ReadRows"/> were reckoned from samples of 8 or 16 bits, whose noise is above a step.</summary>
    public virtual bool IsMadeOfWholeNumbers => false;

    /// <summary>
    /// The same rows as <see cref="ReadRows"/> before they become floats: little-endian samples in <see cref="RawFormat"/>, for a scratch file of
    /// one or two bytes a sample. <see cref="Samples.ToFloat(SampleFormat, ReadOnlySpan{byte}, Span{float})"/> makes the floats of them.
    /// </summary>
    /// <exception cref="ImageException">The file is torn or cannot be read.</exception>
    public virtual void ReadRawRows(int channel, int firstRow, Span<byte> samples) =>
        ReadRows(channel, firstRow, MemoryMarshal.Cast<byte, float>(samples));

    /// <summary>Whether <see cref="Levels"/> will be known once rows have been read: the file holds a sensor's own numbers.</summary>
    public virtual bool HasLevels => false;

    /// <summary>Black and white of a sensor's numbers, where the file says them and rows have been read.</summary>
    public virtual SensorLevels? Levels => null;

    /// <summary>Factors of red, green and blue that the camera chose, green 1, where the file says them and rows have been read.</summary>
    public virtual IReadOnlyList<float>? CameraBalance => Levels?.CameraWhiteBalance;

    /// <summary>Memory that reading takes at the most, besides the rows handed out.</summary>
    public virtual long WorkingBytes => ReadsRowsDirectly ? 0 : Info.PixelCount * Info.Channels * RawFormat.BytesPerSample();

    public Frame ReadFrame()
    {
        var frame = new Frame(Info.Width, Info.Height, Info.Channels, Info.Metadata);
        try
        {
            for (var channel = 0; channel < Info.Channels; channel++)
                ReadRows(channel, 0, frame.Plane(channel));
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary><see cref="ReadRows"/> by way of <see cref="ReadRawRows"/>.</summary>
    protected void ReadRowsFromRaw(int channel, int firstRow, Span<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        var rowBytes = Info.Width * RawFormat.BytesPerSample();
        var raw = ArrayPool<byte>.Shared.Rent(rowBytes);
        try
        {
            for (var row = 0; row < count; row++)
            {
                ReadRawRows(channel, firstRow + row, raw.AsSpan(0, rowBytes));
                Samples.ToFloat(RawFormat, raw.AsSpan(0, rowBytes), rows.Slice(row * Info.Width, Info.Width));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }
}
