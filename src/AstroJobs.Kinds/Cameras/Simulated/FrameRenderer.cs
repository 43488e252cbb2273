using AstroJobs.Imaging;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// Draws one exposure, band by band of rows: light into the frame's own samples as electrons, then what the sensor makes of it.
/// Every row has its own random stream, so the picture does not depend on the number of cores.
/// </summary>
internal sealed class FrameRenderer
{
    private const int BandRows = 64;
    private const float FlatLevel = 0.5f; // of the range: where flats are commonly exposed to
    private const float CloudGlow = 1.5f; // clouds of full cover send back this much of the sky's light on top

    private static readonly StarColour SkyColour = new(1.10f, 1, 0.95f); // town light is warm

    private readonly SimulatedCameraSettings _settings;
    private readonly SimulatedExposure _exposure;
    private readonly SimulatedFrame _target;
    private readonly CloudLayer? _clouds;
    private readonly NebulaLayer _nebulae;
    private readonly PointSpread _spread;
    private readonly HotPixelMap _hotPixels;
    private readonly StarColour[] _colours;
    private readonly float _seconds;
    private readonly float _skyElectrons;
    private readonly float _electronsPerAdu;

    public FrameRenderer(SimulatedCameraSettings settings, SimulatedExposure exposure, SimulatedFrame target, CloudLayer? clouds)
    {
        (_settings, _exposure, _target, _clouds) = (settings, exposure, target, clouds);
        _spread = new PointSpread(settings.FwhmPixels);
        _hotPixels = new HotPixelMap(settings);
        _nebulae = new NebulaLayer(settings, exposure, target.Wcs);
        _colours = [.. target.Stars.Select(star => StarColour.Of(star.Star.BMinusV))];
        _seconds = exposure.Type == FrameType.Bias ? 0 : (float)exposure.Exposure.TotalSeconds;
        _electronsPerAdu = (float)SimulatedOptics.ElectronsPerAdu(exposure.Iso);
        _skyElectrons = exposure.Type switch
        {
            FrameType.Light => (float)new SimulatedOptics(settings).SkyElectronsPerSecond * _seconds,
            FrameType.Flat => (float)Math.Min(FlatLevel * 65535 * _electronsPerAdu, FlatLevel * settings.FullWellElectrons),
            _ => 0,
        };
    }

    public void Render(CancellationToken cancellation)
    {
        var bands = (_settings.Height + BandRows - 1) / BandRows;
        var starsOfBand = Sort(bands);
        Parallel.For(0, bands, new ParallelOptions { CancellationToken = cancellation }, band =>
        {
            var rows = (First: band * BandRows, Last: Math.Min(_settings.Height, (band + 1) * BandRows) - 1);
            foreach (var index in starsOfBand[band])
                Draw(index, rows.First, rows.Last);
            var glow = _nebulae.Of(rows.First, rows.Last);
            var transmission = new float[_settings.Width];
            for (var y = rows.First; y <= rows.Last; y++)
                Expose(y, glow, transmission);
        });
    }

    private List<int>[] Sort(int bands)
    {
        var starsOfBand = Enumerable.Range(0, bands).Select(_ => new List<int>()).ToArray();
        for (var index = 0; index < _target.Stars.Count; index++)
        {
            var star = _target.Stars[index];
            var reach = _spread.Components.Max(part => Stamp.Reach(star.Electrons * part.Share, part.Sigma));
            var first = Math.Max(0, (int)Math.Floor((star.Y - reach) / BandRows));
            var last = Math.Min(bands - 1, (int)Math.Floor((star.Y + reach) / BandRows));
            for (var band = first; band <= last; band++)
                starsOfBand[band].Add(index);
        }
        return starsOfBand;
    }

    private void Draw(int index, int firstRow, int lastRow)
    {
        var star = _target.Stars[index];
        foreach (var (share, sigma) in _spread.Components)
        {
            var stamp = new Stamp(star.X, star.Y, star.Electrons * share, sigma, _settings.Width);
            for (var channel = 0; channel < _target.Frame.Channels; channel++)
            {
                for (var y = Math.Max(firstRow, stamp.FirstRow); y <= Math.Min(lastRow, stamp.LastRow); y++)
                {
                    var (even, odd) = Filters(_colours[index], channel, y);
                    stamp.AddRow(_target.Frame.Row(channel, y), y, even, odd);
                }
            }
        }
    }

    // What the pixels of even and of odd columns see of a light whose green is 1.
    private (float Even, float Odd) Filters(StarColour colour, int channel, int y) => _settings.Layout switch
    {
        SensorLayout.Mono => (colour.Green, colour.Green),
        SensorLayout.Bayer => y % 2 == 0 ? (colour.Red, colour.Green) : (colour.Green, colour.Blue),
        _ => channel switch
        {
            0 => (colour.Red, colour.Red),
            1 => (colour.Green, colour.Green),
            _ => (colour.Blue, colour.Blue),
        },
    };

    private void Expose(int y, NebulaLayer.Band? glow, Span<float> transmission)
    {
        transmission.Fill(1);
        _clouds?.Row(y, transmission);
        for (var channel = 0; channel < _target.Frame.Channels; channel++)
        {
            var row = _target.Frame.Row(channel, y);
            var plane = channel;
            glow?.AddRow(row, y, colour => Filters(colour, plane, y));
            _target.Trail?.Draw(row, y, _settings.FwhmPixels / 2.3548, 1);
            AddSky(row, channel, y, transmission);
            foreach (var (x, rate) in _hotPixels.InRow(y))
                row[x] += rate * _seconds;
            ReadOut(row, channel, y);
        }
    }

    private void AddSky(Span<float> row, int channel, int y, ReadOnlySpan<float> transmission)
    {
        var (even, odd) = Filters(SkyColour, channel, y);
        var dark = _seconds * (float)_settings.DarkElectronsPerSecond;
        var isLight = _exposure.Type == FrameType.Light;
        var gradient = isLight ? (float)_settings.SkyGradient / 2 : 0;
        var falloff = (float)_settings.Vignetting;
        var (halfWidth, halfHeight) = ((_settings.Width - 1) / 2f, (_settings.Height - 1) / 2f);
        var corner = (halfWidth * halfWidth) + (halfHeight * halfHeight);
        var dy = y - halfHeight;
        for (var x = 0; x < row.Length; x++)
        {
            var dx = x - halfWidth;
            var lens = 1 - (falloff * ((dx * dx) + (dy * dy)) / corner);
            var slope = 1 + (gradient * ((dy / halfHeight) - (dx / halfWidth)) / 2);
            var cloud = 1 + (CloudGlow * (1 - transmission[x]));
            var sky = _skyElectrons * slope * cloud * ((x & 1) == 0 ? even : odd);
            row[x] = (((row[x] * transmission[x]) + sky) * lens) + dark;
        }
    }

    // offset + (Poisson(light) + read noise) / gain, in whole ADU. One normal number serves both noises where light is plenty.
    private void ReadOut(Span<float> row, int channel, int y)
    {
        const float Plenty = 16;
        var random = new RandomStream((ulong)_settings.Seed, _exposure.Index, SeedOf.Noise, (long)_exposure.Type, y, channel);
        var readNoise = (float)_settings.ReadNoiseElectrons;
        var readVariance = readNoise * readNoise;
        var fullWell = (float)_settings.FullWellElectrons;
        var perElectron = 1 / _electronsPerAdu;
        for (var x = 0; x < row.Length; x++)
        {
            var light = Math.Min(row[x], fullWell);
            float electrons;
            if (light >= Plenty)
            {
                var z = random.NextNormal();
                electrons = light + (MathF.Sqrt(light + readVariance) * z) + (((z * z) - 1) / 6);
            }
            else
            {
                electrons = (float)random.NextPoisson(light) + (readNoise * random.NextNormal());
            }
            var adu = MathF.Round(_settings.OffsetAdu + (Math.Min(electrons, fullWell) * perElectron));
            row[x] = Math.Clamp(adu, 0, 65535) / 65535;
        }
    }
}
