namespace AstroJobs.Imaging.Calibration;

/// <summary>
/// A frame whose numbers are put right as its rows are asked for: black taken off, white made 1, and what masters are given for. Band by band, with
/// as many rows around as that takes, so that no second picture is held in memory.
/// </summary>
internal sealed class CalibratedReader(FrameReader source, Calibrator calibrator) : FrameReader(source.Info with { Format = SampleFormat.Float32 })
{
    private readonly Frame?[] _whole = new Frame?[source.Info.Channels];
    private double? _darkScale;

    public override bool ReadsRowsDirectly => false;

    public override bool IsMadeOfWholeNumbers => source.Info.Format is SampleFormat.UInt8 or SampleFormat.UInt16;

    public override IReadOnlyList<float>? CameraBalance => source.CameraBalance;

    public override long WorkingBytes => source.WorkingBytes + (IsWhole ? base.WorkingBytes : 0);

    private bool IsWhole => calibrator.HaloOf(source) >= Info.Height;

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        if (IsWhole)
        {
            (_whole[channel] ??= Make(channel, 0, Info.Height)).Rows(0, firstRow, count).CopyTo(rows);
            return;
        }
        var halo = calibrator.HaloOf(source);
        var (top, bottom) = (Math.Max(0, firstRow - halo), Math.Min(Info.Height, firstRow + count + halo));
        using var band = Make(channel, top, bottom - top);
        band.Rows(0, firstRow - top, count).CopyTo(rows);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        source.Dispose();
        foreach (var frame in _whole)
            frame?.Dispose();
    }

    private Frame Make(int channel, int top, int rows)
    {
        var scale = _darkScale ??= calibrator.DarkScale(source);
        var band = new Frame(Info.Width, rows, 1, Info.Metadata);
        try
        {
            source.ReadRows(channel, top, band.Plane(0));
            calibrator.Apply(band, channel, top, source.Info, source.Levels, scale); // levels are known once rows have been read
            return band;
        }
        catch
        {
            band.Dispose();
            throw;
        }
    }
}
