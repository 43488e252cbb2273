using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>What the simulated camera would see of the sky: how each frame lies, and the stars on it. Pure: the same answer for the same question.</summary>
public static class SimulatedSky
{
    private const double Invisible = 0.25; // a star whose peak is under this share of one frame's noise is left out

    /// <summary>How a frame lies against frame 0: drift and field rotation grow with its number, dither is its own.</summary>
    /// <param name="index">Number of the frame, from 0.</param>
    public static PixelPose Pose(SimulatedCameraSettings settings, int index)
    {
        var random = new RandomStream((ulong)settings.Seed, index, SeedOf.Dither);
        var dither = index == 0 ? 0 : settings.DitherPixels;
        return new PixelPose(
            (settings.DriftX * index) + (dither * ((2 * random.NextUniform()) - 1)),
            (settings.DriftY * index) + (dither * ((2 * random.NextUniform()) - 1)),
            settings.RotationDeg * index,
            (settings.Width - 1) / 2.0,
            (settings.Height - 1) / 2.0);
    }

    /// <summary>Where each pixel of a frame looks.</summary>
    public static Wcs View(SimulatedCameraSettings settings, int index) => SimulatedOptics.FirstView(settings).Moved(Pose(settings, index));

    /// <summary>The stars whose light falls on the frame, brightest first, down to where they drown in its noise.</summary>
    public static IReadOnlyList<DrawnStar> Stars(SimulatedCameraSettings settings, int index, TimeSpan exposure)
    {
        var optics = new SimulatedOptics(settings);
        var spread = new PointSpread(settings.FwhmPixels);
        var view = View(settings, index);
        var seconds = exposure.TotalSeconds;
        var noise = Math.Sqrt((optics.SkyElectronsPerSecond * seconds) + (settings.ReadNoiseElectrons * settings.ReadNoiseElectrons) + 1);
        var faintest = (float)optics.Magnitude(Invisible * noise / spread.Peak / Math.Max(seconds, 1e-6));
        var margin = 30 * settings.FwhmPixels; // the halo of a bright star outside still reaches in
        var centre = view.ToSky((settings.Width - 1) / 2.0, (settings.Height - 1) / 2.0);
        var radius = centre.SeparationDeg(view.ToSky(-margin, -margin)) * 1.01;
        var drawn = new List<DrawnStar>();
        foreach (var star in StarCatalogue.Embedded.Within(centre, radius, faintest).Concat(FaintStars.Around(centre, radius, faintest)))
        {
            if (!view.TryToPixel(star.Position, out var x, out var y))
                continue;
            if (x < -margin || y < -margin || x > settings.Width + margin || y > settings.Height + margin)
                continue;
            var electrons = optics.ElectronsPerSecond(star.VMagnitude) * seconds;
            drawn.Add(new DrawnStar(star, x, y, electrons, electrons * spread.Peak));
        }
        drawn.Sort((a, b) => b.Electrons.CompareTo(a.Electrons));
        return drawn;
    }
}
