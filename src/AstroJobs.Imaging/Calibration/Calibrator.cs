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

    /// <summary>In place.</summary>
    /// <param name="format">Of the file.</param>
    public void Apply(Frame light, SampleFormat format, SensorLevels? levels)
    {
        if (_request is not null)
            Note(light);
        if (_bias is null && _dark is null && _request?.BiasLevel is null)
        {
            if (levels is not null)
                LevelScale.TakeOffBlack(light, levels);
        }
        else
        {
            TakeOffDark(light, Level(format));
        }
        if (_flat is not null)
            DivideByFlat(light, _flat);
        if (levels is not null)
            LevelScale.Multiply(light, LevelScale.ScaleOf(levels));
        Repair(light);
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

    private void TakeOffDark(Frame light, float level)
    {
        var scale = _dark is null ? 0 : Scale(light, _dark, level);
        using var bias = new PixelBuffer(light.Width);
        using var dark = new PixelBuffer(light.Width);
        for (var channel = 0; channel < light.Channels; channel++)
        {
            for (var y = 0; y < light.Height; y++)
            {
                ReadBias(channel, y, level, bias.Slice(0, light.Width));
                if (_dark is null)
                {
                    PixelArithmetic.Subtract(light.Row(channel, y), bias.Slice(0, light.Width));
                    continue;
                }
                _dark.Store.ReadRows(channel, y, dark.Slice(0, light.Width));
                PixelArithmetic.SubtractDark(light.Row(channel, y), bias.Slice(0, light.Width), dark.Slice(0, light.Width), (float)scale);
            }
        }
    }

    private void ReadBias(int channel, int y, float level, Span<float> row)
    {
        if (_bias is null)
            row.Fill(level);
        else
            _bias.Store.ReadRows(channel, y, row);
    }

    private bool CanScale => _bias is not null || _request!.BiasLevel is not null;

    private double Scale(Frame light, Master dark, float level)
    {
        var scale = 1.0;
        if (CanScale && _request!.OptimizeDark)
            scale = Fit(light, dark, level);
        else if (CanScale && MasterFit.Differ(light.Metadata.Exposure?.TotalSeconds, dark.Report.Exposure?.TotalSeconds, 0.01) && dark.Report.Exposure > TimeSpan.Zero)
            scale = light.Metadata.Exposure!.Value / dark.Report.Exposure.Value;
        lock (_lock)
            _scales = _scales is { } known ? (Math.Min(known.Least, scale), Math.Max(known.Greatest, scale)) : (scale, scale);
        return scale;
    }

    /// <summary>By the middle of the first channel.</summary>
    private double Fit(Frame light, Master dark, float level)
    {
        const int most = 512;
        var (width, height) = (Math.Min(most, light.Width), Math.Min(most, light.Height));
        var (left, top) = ((light.Width - width) / 2, (light.Height - height) / 2);
        var (lights, darks) = (new List<float>(width * height), new List<float>(width * height));
        var (biasRow, darkRow) = (new float[light.Width], new float[light.Width]);
        for (var y = top; y < top + height; y++)
        {
            ReadBias(0, y, level, biasRow);
            dark.Store.ReadRows(0, y, darkRow);
            var row = light.Row(0, y);
            for (var x = left + 2; x < left + width; x++)
            {
                lights.Add(row[x] - biasRow[x] - (row[x - 2] - biasRow[x - 2]));
                darks.Add(darkRow[x] - biasRow[x] - (darkRow[x - 2] - biasRow[x - 2]));
            }
        }
        return DarkFit.Factor([.. lights], [.. darks]);
    }

    private void DivideByFlat(Frame light, Master flat)
    {
        using var row = new PixelBuffer(light.Width);
        for (var channel = 0; channel < light.Channels; channel++)
        {
            for (var y = 0; y < light.Height; y++)
            {
                flat.Store.ReadRows(channel, y, row.Slice(0, light.Width));
                PixelArithmetic.Divide(light.Row(channel, y), row.Slice(0, light.Width), _flatMeans.AsSpan((channel * 4) + ((y & 1) * 2), 2), LeastFlat);
            }
        }
    }

    private void Repair(Frame light)
    {
        if (_request is null)
            return;
        if (Cosmetic == CosmeticCorrection.Dark)
            PixelRepair.Listed(light, _defects);
        else if (Cosmetic == CosmeticCorrection.Deviation)
            PixelRepair.Lonely(light);
    }

    private void Note(Frame light)
    {
        var notes = Masters().SelectMany(master => MasterFit.Notes(light.Metadata, master, CanScale)).ToArray();
        lock (_lock)
            _notes.UnionWith(notes);
    }
}
