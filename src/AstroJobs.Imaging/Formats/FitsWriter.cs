using System.Buffers;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>A FITS file being written, rows straight to their place.</summary>
internal sealed unsafe class FitsWriter : FrameWriter
{
    private readonly OutputFile _output;
    private readonly FitsHandle _file;

    public FitsWriter(string path, FrameInfo info) : base(info)
    {
        _output = new OutputFile(path);
        var status = 0;
        _ = CFitsio.CreateDiskFile(out _file, _output.TemporaryPath, ref status);
        try
        {
            WriteHeader(status);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override void WriteRows(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        var rowBytes = Info.Width * StoredFormat.BytesPerSample();
        var stored = ArrayPool<byte>.Shared.Rent(count * rowBytes);
        try
        {
            for (var row = 0; row < count; row++)
                Samples.FromFloat(StoredFormat, rows.Slice(row * Info.Width, Info.Width), stored.AsSpan((count - 1 - row) * rowBytes, rowBytes));
            var first = (channel * Info.PixelCount) + ((long)(Info.Height - firstRow - count) * Info.Width) + 1; // counted from 1, from the bottom
            var status = 0;
            fixed (byte* pixels = stored)
                Check(CFitsio.WritePixels(_file, StoredType, first, (long)count * Info.Width, pixels, ref status));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    public override void Commit()
    {
        Check(_file.CloseWithStatus());
        _output.Commit();
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _file.Dispose();
        _output.Dispose();
    }

    /// <summary>What is handed to CFITSIO, which brings it to BITPIX.</summary>
    private SampleFormat StoredFormat => Info.Format == SampleFormat.Float64 ? SampleFormat.Float32 : Info.Format; // CFITSIO widens

    private int StoredType => StoredFormat switch
    {
        SampleFormat.UInt8 => CFitsio.TypeByte,
        SampleFormat.UInt16 => CFitsio.TypeUInt16,
        SampleFormat.UInt32 => CFitsio.TypeUInt32,
        _ => CFitsio.TypeFloat,
    };

    private void WriteHeader(int status)
    {
        Check(status);
        // USHORT_IMG and ULONG_IMG are CFITSIO's names for 16 and 32 bits with the BZERO that makes them unsigned.
        var bitpix = Info.Format switch { SampleFormat.UInt8 => 8, SampleFormat.UInt16 => 20, SampleFormat.UInt32 => 40, SampleFormat.Float32 => -32, _ => -64 };
        long[] axes = Info.Channels == 1 ? [Info.Width, Info.Height] : [Info.Width, Info.Height, Info.Channels];
        Check(CFitsio.CreateImage(_file, bitpix, axes.Length, ref axes[0], ref status));
        WriteCard(FitsCard.Text("ROWORDER", FitsRows.BottomUp, "the first row stored is the bottom one"));
        if (bitpix < 0)
            WriteCard(FitsCard.Number(FitsScale.Keyword, 1.0, "sample value of full scale"));
        foreach (var card in FitsMetadata.Write(Info.Metadata))
            WriteCard(card);
        foreach (var card in Info.Metadata.Sky is { } sky ? FitsSky.Write(sky, Info.Height) : [])
            WriteCard(card);
        Check(CFitsio.Flush(_file, ref status));
    }

    private void WriteCard(string card)
    {
        var status = 0;
        Check(CFitsio.WriteCard(_file, card, ref status));
    }

    private void Check(int status)
    {
        if (status != 0)
            throw _output.Failure(FitsFile.Reason(status) + ".");
    }
}
