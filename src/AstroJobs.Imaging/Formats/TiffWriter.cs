using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>
/// A TIFF being written: uncompressed, so that any row can be read back directly, sample beside sample, as most programs want it. A strip is
/// held until all its channels have come, then written.
/// </summary>
internal sealed class TiffWriter : FrameWriter
{
    private const int StripBytes = 1 << 20;
    private const long ClassicLimit = 0xF000_0000; // offsets of a classic TIFF have 32 bits; beyond, BigTIFF
    private const uint HeaderLength = 8;
    private readonly OutputFile _output;
    private readonly TiffHandle _tiff;
    private readonly SampleFormat _format;
    private readonly int _rowsPerStrip;
    private readonly Dictionary<int, Strip> _strips = [];

    public TiffWriter(string path, FrameInfo info) : base(info)
    {
        _format = info.Format == SampleFormat.Float64 ? SampleFormat.Float32 : info.Format;
        _rowsPerStrip = Math.Clamp(StripBytes / RowBytes, 1, info.Height);
        _output = new OutputFile(path);
        var isBig = (long)RowBytes * info.Height > ClassicLimit;
        _tiff = LibTiff.Open(_output.TemporaryPath, isBig ? "wl8" : "wl");
        try
        {
            if (_tiff.IsInvalid)
                throw _output.Failure("the file cannot be created. Check that the folder may be written.");
            WriteTags(isBig);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private int RowBytes => Info.Width * Info.Channels * _format.BytesPerSample();

    public override void WriteRows(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        var stored = new byte[Info.Width * _format.BytesPerSample()];
        for (var row = 0; row < count; row++)
        {
            Samples.FromFloat(_format, rows.Slice(row * Info.Width, Info.Width), stored);
            var (number, within) = Math.DivRem(firstRow + row, _rowsPerStrip);
            if (!_strips.TryGetValue(number, out var strip))
                _strips[number] = strip = new Strip(new byte[RowsOf(number) * RowBytes]) { Missing = RowsOf(number) * Info.Channels };
            Interleaving.Insert(stored, channel, Info.Channels, _format.BytesPerSample(), strip.Pixels.AsSpan(within * RowBytes, RowBytes));
            if (--strip.Missing == 0)
                WriteStrip(number, strip);
        }
    }

    public override void Commit()
    {
        if (LibTiff.WriteDirectory(_tiff) == 0 || LibTiff.Flush(_tiff) == 0)
            throw _output.Failure("libtiff cannot write its directory.");
        _tiff.Dispose();
        _output.Commit();
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _tiff.Dispose();
        _output.Dispose();
    }

    private int RowsOf(int strip) => Math.Min(_rowsPerStrip, Info.Height - (strip * _rowsPerStrip));

    private void WriteStrip(int number, Strip strip)
    {
        if (LibTiff.WriteEncodedStrip(_tiff, (uint)number, in strip.Pixels[0], strip.Pixels.Length) != strip.Pixels.Length)
            throw _output.Failure($"libtiff cannot write strip {number + 1}.");
        _ = _strips.Remove(number);
    }

    private void WriteTags(bool isBig)
    {
        var isFloat = _format == SampleFormat.Float32;
        (uint Tag, int Value)[] tags =
        [
            (LibTiff.TagWidth, Info.Width),
            (LibTiff.TagHeight, Info.Height),
            (LibTiff.TagBitsPerSample, _format.BytesPerSample() * 8),
            (LibTiff.TagCompression, 1), // none
            (LibTiff.TagPhotometric, Info.Channels == 3 ? 2 : 1), // RGB, BlackIsZero
            (LibTiff.TagOrientation, 1), // top left
            (LibTiff.TagSamplesPerPixel, Info.Channels),
            (LibTiff.TagRowsPerStrip, _rowsPerStrip),
            (LibTiff.TagPlanarConfig, 1), // sample beside sample
            (LibTiff.TagSampleFormat, isFloat ? 3 : 1), // IEEE float, unsigned
        ];
        foreach (var (tag, value) in tags)
            Check(LibTiff.SetField(_tiff, tag, value));
        if (Info.Metadata.Camera is { Length: > 0 } camera)
            Check(LibTiff.SetField(_tiff, LibTiff.TagModel, camera));
        if (Info.Metadata.Software is { Length: > 0 } software)
            Check(LibTiff.SetField(_tiff, LibTiff.TagSoftware, software));
        if (!isBig)
            WriteExif();
    }

    /// <summary>
    /// libtiff takes EXIF times and lengths as variadic floats, which cannot be passed from here: our own Exif directory goes right behind the header that libtiff has
    /// just written, and libtiff, which appends its strips to the end of the file, is told where.
    /// </summary>
    private void WriteExif()
    {
        try
        {
            using var file = File.OpenHandle(_output.TemporaryPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, ExifBlock.BuildExifDirectory(Info.Metadata, HeaderLength), HeaderLength);
        }
        catch (IOException e)
        {
            throw _output.Failure(e.Message, e);
        }
        Check(LibTiff.SetField(_tiff, LibTiff.TagExifIfd, (ulong)HeaderLength));
    }

    private void Check(int result)
    {
        if (result == 0)
            throw _output.Failure("libtiff refuses its tags.");
    }

    private sealed record Strip(byte[] Pixels)
    {
        public int Missing { get; set; }
    }
}
