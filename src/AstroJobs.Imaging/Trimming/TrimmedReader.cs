using System.Buffers;

namespace AstroJobs.Imaging.Trimming;

/// <summary>A part of another picture: its mosaic, its black levels and its place on the sky go with it.</summary>
/// <param name="takesOverscanOff">Takes off the level of the overscan that the header names.</param>
internal sealed class TrimmedReader(FrameReader source, FrameArea area, bool takesOverscanOff) : FrameReader(Describe(source.Info, area, takesOverscanOff))
{
    private const int StripRows = 64;

    private OverscanLevel? _level;

    // Not directly: who opens the file again would get the whole picture.
    public override bool ReadsRowsDirectly => false;

    public override SampleFormat RawFormat => takesOverscanOff ? SampleFormat.Float32 : source.RawFormat;

    public override bool HasLevels => source.HasLevels;

    public override SensorLevels? Levels => source.Levels is { } levels ? levels with { Black = [.. Enumerable.Range(0, 4).Select(i => levels.Black[i ^ (area.Left & 1) ^ ((area.Top & 1) << 1)])] } : null;

    public override IReadOnlyList<float>? CameraBalance => source.CameraBalance;

    public override long WorkingBytes => source.WorkingBytes + ((long)StripRows * source.Info.Width * sizeof(float));

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        if (takesOverscanOff)
            _level ??= OverscanLevel.Measure(source, source.Info.Metadata.Overscan!.Value);
        var width = source.Info.Width;
        using var strip = new PixelBuffer((long)Math.Min(count, StripRows) * width);
        for (var done = 0; done < count; done += StripRows)
        {
            var now = Math.Min(StripRows, count - done);
            var top = area.Top + firstRow + done;
            source.ReadRows(channel, top, strip.Slice(0, now * width));
            for (var row = 0; row < now; row++)
            {
                var target = rows.Slice((done + row) * area.Width, area.Width);
                strip.Slice(((long)row * width) + area.Left, area.Width).CopyTo(target);
                _level?.TakeOff(target, area.Left, top + row);
            }
        }
    }

    public override void ReadRawRows(int channel, int firstRow, Span<byte> samples)
    {
        if (takesOverscanOff || RawFormat == SampleFormat.Float32)
        {
            base.ReadRawRows(channel, firstRow, samples);
            return;
        }
        var size = RawFormat.BytesPerSample();
        var count = Info.CountRows(channel, firstRow, samples.Length / size);
        var (whole, part) = (source.Info.Width * size, area.Width * size);
        var strip = ArrayPool<byte>.Shared.Rent(Math.Min(count, StripRows) * whole);
        try
        {
            for (var done = 0; done < count; done += StripRows)
            {
                var now = Math.Min(StripRows, count - done);
                source.ReadRawRows(channel, area.Top + firstRow + done, strip.AsSpan(0, now * whole));
                for (var row = 0; row < now; row++)
                    strip.AsSpan((row * whole) + (area.Left * size), part).CopyTo(samples[((done + row) * part)..]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
    }

    private static FrameInfo Describe(FrameInfo info, FrameArea area, bool takesOverscanOff)
    {
        var metadata = info.Metadata;
        var what = FormattableString.Invariant($"{area.Width} by {area.Height} of {info.Width} by {info.Height} pixels of each frame were taken, from column {area.Left} and row {area.Top} on");
        var trimmed = metadata with
        {
            Bayer = metadata.Bayer?.From(area.Left, area.Top),
            Sky = metadata.Sky?.On(area.Left, area.Top, 1),
            Lit = null,
            Overscan = null,
            IsOverscanTakenOff = takesOverscanOff,
            Trimmed = takesOverscanOff ? $"{what}; the level of the overscan was taken off" : what,
        };
        return info with { Width = area.Width, Height = area.Height, Format = takesOverscanOff ? SampleFormat.Float32 : info.Format, Metadata = trimmed };
    }
}
