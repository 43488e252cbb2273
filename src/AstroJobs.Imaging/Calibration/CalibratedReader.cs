namespace AstroJobs.Imaging.Calibration;

/// <summary>A frame whose numbers are put right when its first row is asked for: black taken off, white made 1, and what masters are given for.</summary>
internal sealed class CalibratedReader(FrameReader source, Calibrator calibrator) : FrameReader(source.Info with { Format = SampleFormat.Float32 })
{
    private Frame? _frame;
    private IReadOnlyList<float>? _cameraBalance;

    public override bool ReadsRowsDirectly => false;

    public override IReadOnlyList<float>? CameraBalance => _cameraBalance;

    public override long WorkingBytes => source.WorkingBytes + base.WorkingBytes;

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var count = CountRows(channel, firstRow, rows.Length);
        _frame ??= Make();
        _frame.Rows(channel, firstRow, count).CopyTo(rows);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        source.Dispose();
        _frame?.Dispose();
    }

    private Frame Make()
    {
        var frame = source.ReadFrame();
        var levels = source.Levels;
        _cameraBalance = levels?.CameraWhiteBalance;
        source.Dispose();
        calibrator.Apply(frame, source.Info.Format, levels);
        return frame;
    }
}
