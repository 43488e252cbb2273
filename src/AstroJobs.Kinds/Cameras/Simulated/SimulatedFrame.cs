using AstroJobs.Imaging;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// One exposure of the simulated camera with all that is known of it. Pixels are whole ADU of 16 bits, scaled to [0,1] by 65535:
/// offset + (Poisson(stars + sky + dark) + read noise) / (electrons an ADU), cut at the full well and at 65535.
/// </summary>
public sealed class SimulatedFrame : IDisposable
{
    private SimulatedFrame(SimulatedCameraSettings settings, SimulatedExposure exposure)
    {
        Frame = new Frame(settings.Width, settings.Height, settings.Layout == SensorLayout.Color ? 3 : 1);
        Pose = SimulatedSky.Pose(settings, exposure.Index);
        Wcs = SimulatedSky.View(settings, exposure.Index);
    }

    public Frame Frame { get; }

    /// <summary>How it lies against frame 0.</summary>
    public PixelPose Pose { get; }

    /// <summary>Where its pixels look.</summary>
    public Wcs Wcs { get; }

    /// <summary>The stars that were drawn, brightest first; some stand a little outside and only shine in. None but on a light.</summary>
    public IReadOnlyList<DrawnStar> Stars { get; private init; } = [];

    /// <summary>Null when none crosses.</summary>
    public SatelliteTrail? Trail { get; private init; }

    public bool Cloudy { get; private init; }

    /// <exception cref="OperationCanceledException">Cancelled before it was complete.</exception>
    public static SimulatedFrame Render(SimulatedCameraSettings settings, SimulatedExposure exposure, CancellationToken cancellation = default)
    {
        var isLight = exposure.Type == FrameType.Light;
        var clouds = new RandomStream((ulong)settings.Seed, exposure.Index, SeedOf.Clouds);
        var frame = new SimulatedFrame(settings, exposure)
        {
            Stars = isLight ? SimulatedSky.Stars(settings, exposure.Index, exposure.Exposure) : [],
            Trail = isLight ? TrailOf(settings, exposure) : null,
            Cloudy = isLight && clouds.NextUniform() < settings.Clouds,
        };
        try
        {
            new FrameRenderer(settings, exposure, frame, frame.Cloudy ? new CloudLayer(clouds, settings.Width) : null).Render(cancellation);
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public void Dispose() => Frame.Dispose();

    // Twenty to sixty times the noise: plain in every frame, seldom saturated.
    private static SatelliteTrail? TrailOf(SimulatedCameraSettings settings, SimulatedExposure exposure)
    {
        var random = new RandomStream((ulong)settings.Seed, exposure.Index, SeedOf.Satellite);
        if (random.NextUniform() >= settings.Satellites)
            return null;
        var optics = new SimulatedOptics(settings);
        var noise = Math.Sqrt((optics.SkyElectronsPerSecond * exposure.Exposure.TotalSeconds) + (settings.ReadNoiseElectrons * settings.ReadNoiseElectrons));
        return new SatelliteTrail(
            settings.Width * (0.2 + (0.6 * random.NextUniform())),
            settings.Height * (0.2 + (0.6 * random.NextUniform())),
            180 * random.NextUniform(),
            noise * (20 + (40 * random.NextUniform())));
    }
}
