using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Imaging.Calibration;

/// <summary>
/// Puts the numbers of lights right, on the mosaic: light' = (light − bias − k · (dark − bias)) / flat. Without a bias the dark is taken off as it is;
/// without both the sensor's own black. Flats are 1 in the mean of each colour. A sensor's white becomes 1.
/// </summary>
internal sealed class Calibrator : IDisposable
{
    private const float LeastFlat = 0.02f; // darker than this there was no light to measure by

    private readonly CalibrationRequest? _request;
    private readonly Master? _bias;
    private readonly Master? _dark;
    private readonly Master? _flat;
    private readonly MasterReport? _darkFlat;
    private readonly float[] _flatMeans = [];
    private readonly int[] _defects = [];
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private (double Least, double Greatest)? _scales;

    /// <exception cref="StackException">A calibration frame cannot be read or does not fit the others.</exception>
    public Calibrator(CalibrationRequest? request, MasterMaker maker)
    {
        _request = request;
        if (request is null)
            return;
        try
        {
            _bias = request.Bias.Count > 0 ? maker.Make(MasterKind.Bias, request.Bias) : null;
            _dark = request.Dark.Count > 0 ? maker.Make(MasterKind.Dark, request.Dark) : null;
            if (request.Flat.Count > 0)
                (_flat, _darkFlat, _flatMeans) = MakeFlat(request, maker);
            if (_dark is not null && Cosmetic == CosmeticCorrection.Dark)
                _defects = DefectMap.Find(_dark);
        }
        catch (ImageException exception) when (exception is not MissingLibraryException)
        {
            Dispose();
            throw new StackException(exception.Message, []);
        }
    }

    private CosmeticCorrection Cosmetic => _request!.Cosmetic != CosmeticCorrection.Auto ? _request.Cosmetic
        : _dark is null ? CosmeticCorrection.None : CosmeticCorrection.Dark;

    /// <summary>The reader itself where its numbers are right as they are.</summary>
    public FrameReader Over(FrameReader light)
    {
        if (_request is null && !light.HasLevels)
            return light;
        try
        {
            foreach (var master in Masters())
                MasterFit.CheckSize(light.Info, master);
            return new CalibratedReader(light, this);
        }
        catch
        {
            light.Dispose();
            throw;
        }
    }

    /// <summary>Rows beyond a band that what becomes of it depends on; all of the picture where a pixel is judged by all others.</summary>
    public int HaloOf(FrameReader light) => _request is null ? 0
        : Cosmetic switch { CosmeticCorrection.Deviation => light.Info.Height, CosmeticCorrection.Dark => PixelRepair.Reach, _ => 0 };

    /// <summary>Before the first band of a light: the factor of its dark, which is noted with all else that does not fit.</summary>
    public double DarkScale(FrameReader light)
    {
        if (_request is null)
            return 0;
        var notes = Masters().SelectMany(master => MasterFit.Notes(light.Info.Metadata, master, CanScale)).ToArray();
        lock (_lock)
            _notes.UnionWith(notes);
        return _dark is null ? 0 : Scale(light, _dark, Level(light.Info.Format));
    }

    /// <summary>In place.</summary>
    /// <param name="band">Rows of one channel of a light from <paramref name="top"/> on.</param>
    /// <param name="light">As it was opened.</param>
    public void Apply(Frame band, int channel, int top, FrameInfo light, SensorLevels? levels, double darkScale)
    {
        if (_bias is null && _dark is null && _request?.BiasLevel is null)
        {
            if (levels is not null)
                LevelScale.TakeOffBlack(band, top, levels);
        }
        else
        {
            TakeOffDark(band, channel, top, Level(light.Format), (float)darkScale);
        }
        if (_flat is not null)
            DivideByFlat(band, channel, top, _flat);
        if (levels is not null)
            LevelScale.Multiply(band, LevelScale.ScaleOf(levels));
        if (_request is null)
            return;
        if (Cosmetic == CosmeticCorrection.Dark)
            PixelRepair.Listed(band, channel, top, light.Height, _defects);
        else if (Cosmetic == CosmeticCorrection.Deviation)
            PixelRepair.Lonely(band);
    }

    /// <summary>What it has gathered so far.</summary>
    public CalibratorState State
    {
        get
        {
            lock (_lock)
                return new CalibratorState([.. _notes], _scales);
        }
    }

    /// <summary>Goes on from what an earlier run gathered.</summary>
    public void Restore(CalibratorState state)
    {
        lock (_lock)
        {
            _notes.UnionWith(state.Notes);
            _scales = state.Scales;
        }
    }

    /// <summary>After the lights; null without calibration.</summary>
    public CalibrationReport? Report()
    {
        if (_request is null)
            return null;
        lock (_lock)
        {
            return new CalibrationReport(
                [.. new[] { _bias?.Report, _dark?.Report, _darkFlat, _flat?.Report }.OfType<MasterReport>()], _bias is null ? _request.BiasLevel : null, _scales, Cosmetic, _defects.Length, [.. _notes]);
        }
    }

    public void Dispose()
    {
        foreach (var master in Masters())
            master.Dispose();
    }

    private IEnumerable<Master> Masters() => new[] { _bias, _dark, _flat }.OfType<Master>();

    private (Master Flat, MasterReport? DarkFlat, float[] Means) MakeFlat(CalibrationRequest request, MasterMaker maker)
    {
        using var darkFlat = request.DarkFlat.Count > 0 ? maker.Make(MasterKind.DarkFlat, request.DarkFlat) : null;
        var flat = maker.Make(MasterKind.Flat, request.Flat, darkFlat ?? _bias, darkFlat is null && _bias is null ? Level(SampleFormat.UInt16) : 0);
        var means = new CellMeans(flat.Info);
        flat.ForEachRow(means.Add);
        return (flat, darkFlat?.Report, means.OfColours());
    }

    private float Level(SampleFormat format) => (float)((_request!.BiasLevel ?? 0) / format switch
    {
        SampleFormat.UInt8 => byte.MaxValue,
        SampleFormat.UInt16 => ushort.MaxValue,
        SampleFormat.UInt32 => uint.MaxValue,
        _ => _request.BiasLevel > 1 ? ushort.MaxValue : 1,
    });

    private void TakeOffDark(Frame band, int channel, int top, float level, float scale)
    {
        using var offset = new PixelBuffer(2L * band.PixelCount);
        var bias = offset.Slice(0, band.PixelCount);
        var dark = offset.Slice(band.PixelCount, band.PixelCount);
        if (_dark is null || scale != 1) // else the bias goes with the dark
            ReadBias(channel, top, level, bias);
        if (_dark is null)
        {
            PixelArithmetic.Subtract(band.Plane(0), bias);
            return;
        }
        _dark.Store.ReadRows(channel, top, dark);
        PixelArithmetic.SubtractDark(band.Plane(0), bias, dark, scale);
    }

    private void ReadBias(int channel, int y, float level, Span<float> rows)
    {
        if (_bias is null)
            rows.Fill(level);
        else
            _bias.Store.ReadRows(channel, y, rows);
    }

    private bool CanScale => _bias is not null || _request!.BiasLevel is not null;

    private double Scale(FrameReader light, Master dark, float level)
    {
        var scale = 1.0;
        if (CanScale && _request!.OptimizeDark)
            scale = Fit(light, dark, level);
        else if (CanScale && MasterFit.Differ(light.Info.Metadata.Exposure?.TotalSeconds, dark.Report.Exposure?.TotalSeconds, 0.01) && dark.Report.Exposure > TimeSpan.Zero)
            scale = light.Info.Metadata.Exposure!.Value / dark.Report.Exposure.Value;
        lock (_lock)
            _scales = _scales is { } known ? (Math.Min(known.Least, scale), Math.Max(known.Greatest, scale)) : (scale, scale);
        return scale;
    }

    /// <summary>By the middle of the first channel.</summary>
    private double Fit(FrameReader light, Master dark, float level)
    {
        const int most = 512;
        var (width, height) = (Math.Min(most, light.Info.Width), Math.Min(most, light.Info.Height));
        var (left, top) = ((light.Info.Width - width) / 2, (light.Info.Height - height) / 2);
        var (lights, darks) = (new List<float>(width * height), new List<float>(width * height));
        var (biasRow, darkRow) = (new float[light.Info.Width], new float[light.Info.Width]);
        var row = new float[light.Info.Width];
        for (var y = top; y < top + height; y++)
        {
            ReadBias(0, y, level, biasRow);
            dark.Store.ReadRows(0, y, darkRow);
            light.ReadRows(0, y, row);
            for (var x = left + 2; x < left + width; x++)
            {
                lights.Add(row[x] - biasRow[x] - (row[x - 2] - biasRow[x - 2]));
                darks.Add(darkRow[x] - biasRow[x] - (darkRow[x - 2] - biasRow[x - 2]));
            }
        }
        return DarkFit.Factor([.. lights], [.. darks]);
    }

    private void DivideByFlat(Frame band, int channel, int top, Master flat)
    {
        using var rows = new PixelBuffer(band.PixelCount);
        flat.Store.ReadRows(channel, top, rows.Slice(0, band.PixelCount));
        for (var row = 0; row < band.Height; row++)
        {
            var means = _flatMeans.AsSpan((channel * 4) + (((top + row) & 1) * 2), 2);
            PixelArithmetic.Divide(band.Row(0, row), rows.Slice((long)row * band.Width, band.Width), means, LeastFlat);
        }
    }
}
