using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Stacking.Output;

/// <summary>
/// Where the strips of the result go: straight to its file or, where it can be finished only when all are there, to a scratch file first; on the
/// way a small picture to look at is made.
/// </summary>
internal sealed class StackOutput : StripSink, IDisposable
{
    private const int PreviewSide = 1920;
    private const int StripRows = 64;

    private readonly StackRequest _request;
    private readonly FrameInfo _info;
    private readonly PreviewBuilder? _preview;
    private readonly RejectionMapWriter? _maps;
    private readonly CountWriter? _coverage;
    private readonly CountWriter? _weights;
    private readonly ScratchPicture? _scratch;
    private readonly KeptPicture? _kept;
    private FrameWriter? _writer;
    private long _holes;

    /// <param name="info">Of the result; its format is what the file is to hold.</param>
    /// <param name="maps">Where rejection maps go, if any are made.</param>
    /// <param name="kept">Where strips outlive the process; null where they need not.</param>
    public StackOutput(StackRequest request, FrameInfo info, RejectionMapPaths? maps, KeptPicture? kept)
    {
        (_request, _info, _kept) = (request, info, kept);
        if (kept is not null)
            _scratch = kept.Picture;
        else if (request.Finish.NeedsWholePicture)
            _scratch = new ScratchPicture(Path.Combine(request.WorkFolder, "result.scratch"), info.Width, info.Height, keep: false);
        else
            _writer = ImageFile.Create(request.OutputPath, info);
        _maps = maps is null ? null : new RejectionMapWriter(maps, info);
        _coverage = request.CoveragePath is null ? null : new CountWriter(request.CoveragePath, info, 1, "frames that show the pixel, counted");
        _weights = request.Registration.Drizzle?.WeightsPath is { } weights ? new CountWriter(weights, info, info.Channels, "how many frames' light the pixel got") : null;
        _preview = request.PreviewPath is null ? null : new PreviewBuilder(info.Width, info.Height, info.Channels, PreviewSide);
    }

    /// <summary>Memory that it holds all the while.</summary>
    public static long BytesFor(StackRequest request, StackCanvas canvas, int channels) =>
        request.PreviewPath is null ? 0 : PreviewBuilder.BytesFor(canvas.Width, canvas.Height, channels, PreviewSide);

    public override KeptStrips Finished => _kept?.Strips ?? KeptStrips.None;

    /// <summary>Whole numbers end at 1, where a sum would be cut.</summary>
    public static bool HoldsSums(StackRequest request) =>
        request.Finish.Format == SampleFormat.Float32 && Path.GetExtension(request.OutputPath).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg");

    public override void Write(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        if (_scratch is not null)
            _scratch.WriteRows(channel, firstRow, rows);
        else
            HandOn(channel, firstRow, rows);
    }

    public override void WriteRejected(int channel, int firstRow, ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
        if (_kept is not null)
        {
            _kept.Low!.WriteRows(channel, firstRow, low);
            _kept.High!.WriteRows(channel, firstRow, high);
        }
        else
        {
            _maps?.Write(channel, firstRow, low, high);
        }
    }

    public override void Keep(KeptStrips strips) => _kept?.Keep(strips);

    public override void WriteCoverage(int firstRow, ReadOnlySpan<float> rows)
    {
        if (_kept is not null)
            _kept.Coverage!.WriteRows(0, firstRow, rows);
        else
            _coverage?.Write(0, firstRow, rows);
    }

    public override void WriteWeights(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        if (_kept is not null)
            _kept.Weights!.WriteRows(channel, firstRow, rows);
        else
            HandOnWeights(channel, firstRow, rows);
    }

    /// <summary>Part of the samples that no drop reached, 0 … 1; once the output is complete.</summary>
    public double HoleShare => (double)_holes / (_info.PixelCount * _info.Channels);

    /// <param name="scale">Divides the preview's samples: the frames in a sum.</param>
    /// <param name="reference">Tells how colours were taken.</param>
    public FinishReport Complete(float scale, InspectedFrame reference)
    {
        var finisher = _scratch is null ? null : Finish(_scratch, reference);
        if (_kept is { Low: { } low, High: { } high })
            CopyMaps(low, high);
        if (_kept?.Coverage is { } coverage)
            Copy(coverage, 1, (channel, y, rows) => _coverage!.Write(channel, y, rows));
        if (_kept?.Weights is { } weights)
            Copy(weights, _info.Channels, (channel, y, rows) => HandOnWeights(channel, y, rows));
        _writer!.Commit();
        _maps?.Commit();
        _coverage?.Commit();
        _weights?.Commit();
        return new FinishReport(finisher?.Method ?? WhiteBalance.None, finisher?.Balance, Show(scale, reference, finisher?.Balance is not null), finisher?.Background, finisher?.Notes ?? []);
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _scratch?.Dispose();
        _kept?.Dispose();
        _preview?.Dispose();
        _maps?.Dispose();
        _coverage?.Dispose();
        _weights?.Dispose();
    }

    private ResultFinisher Finish(ScratchPicture scratch, InspectedFrame reference)
    {
        var finisher = new ResultFinisher(_request.Finish, _info with { Format = SampleFormat.Float32 }, scratch.ReadRows, reference.CameraBalance);
        var history = new FinishReport(finisher.Method, finisher.Balance, null, finisher.Background, []).History();
        _writer = ImageFile.Create(_request.OutputPath, _info with { Metadata = _info.Metadata with { History = [.. _info.Metadata.History, .. history, .. finisher.Notes] } });
        using var strip = new PixelBuffer((long)StripRows * _info.Width);
        for (var y = 0; y < _info.Height; y += StripRows)
        {
            var rows = strip.Slice(0, Math.Min(StripRows, _info.Height - y) * _info.Width);
            for (var channel = 0; channel < _info.Channels; channel++)
            {
                scratch.ReadRows(channel, y, rows);
                finisher.Apply(channel, y, rows);
                HandOn(channel, y, rows);
            }
        }
        return finisher;
    }

    private void Copy(ScratchPicture from, int channels, RowSource to)
    {
        using var strip = new PixelBuffer((long)StripRows * _info.Width);
        for (var y = 0; y < _info.Height; y += StripRows)
        {
            var rows = strip.Slice(0, Math.Min(StripRows, _info.Height - y) * _info.Width);
            for (var channel = 0; channel < channels; channel++)
            {
                from.ReadRows(channel, y, rows);
                to(channel, y, rows);
            }
        }
    }

    private void CopyMaps(ScratchPicture low, ScratchPicture high)
    {
        using var lows = new PixelBuffer((long)StripRows * _info.Width);
        using var highs = new PixelBuffer((long)StripRows * _info.Width);
        for (var y = 0; y < _info.Height; y += StripRows)
        {
            var samples = Math.Min(StripRows, _info.Height - y) * _info.Width;
            for (var channel = 0; channel < _info.Channels; channel++)
            {
                low.ReadRows(channel, y, lows.Slice(0, samples));
                high.ReadRows(channel, y, highs.Slice(0, samples));
                _maps!.Write(channel, y, lows.Slice(0, samples), highs.Slice(0, samples));
            }
        }
    }

    private void HandOnWeights(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        _weights?.Write(channel, firstRow, rows);
        foreach (var weight in rows)
            _holes += weight > 0 ? 0 : 1;
    }

    private void HandOn(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        _writer!.WriteRows(channel, firstRow, rows);
        _preview?.Add(channel, firstRow, rows);
    }

    private ColourBalance? Show(float scale, InspectedFrame reference, bool isBalanced)
    {
        if (_preview?.Finish() is not { } small)
            return null;
        for (var channel = 0; channel < small.Channels && scale != 1; channel++)
        {
            foreach (ref var sample in small.Plane(channel))
                sample /= scale;
        }
        return PreviewPictures.Write(small, _info.Metadata, _request.Finish, _request.PreviewPath!, reference.Info.Format == SampleFormat.UInt8, isBalanced);
    }
}
