using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>What the simulated camera looks at, through which lens, onto which sensor. The defaults show Orion's belt and sword.</summary>
public sealed record SimulatedCameraSettings
{
    /// <summary>Right ascension of the middle of the first frame: J2000 degrees, 0 … 360.</summary>
    public double RaDeg { get; init; } = 83.9;

    /// <summary>Declination of the middle of the first frame: J2000 degrees, −90 … 90.</summary>
    public double DecDeg { get; init; } = -3.2;

    /// <summary>Width of the field: degrees, 0.05 … 90. With the pixel size it gives the focal length.</summary>
    public double FovDeg { get; init; } = 12;

    /// <summary>Direction of up: degrees from north through east. Default 0, north up and east left.</summary>
    public double AngleDeg { get; init; }

    /// <summary>Pixels, 16 … 20000. Default 1600 × 1200.</summary>
    public int Width { get; init; } = 1600;

    /// <summary>Pixels, 16 … 20000.</summary>
    public int Height { get; init; } = 1200;

    /// <summary>Mono, color (three planes) or bayer (RGGB mosaic). Default mono.</summary>
    public SensorLayout Layout { get; init; } = SensorLayout.Mono;

    /// <summary>Pitch of a pixel in micrometres, 0.5 … 50. Default 3.76.</summary>
    public double PixelSizeUm { get; init; } = 3.76;

    /// <summary>Focal ratio of the lens, 0.5 … 64: how much light comes in. Default 2.8.</summary>
    public double FNumber { get; init; } = 2.8;

    /// <summary>Width of a star at half its height as it is measured in the frame: pixels, 1.2 … 20. Default 2.6.</summary>
    public double FwhmPixels { get; init; } = 2.6;

    /// <summary>Brightness of the empty sky: magnitudes a square arcsecond, 10 (daylight comes near) … 25. Default 20.5, a rural sky.</summary>
    public double SkyMagnitude { get; init; } = 20.5;

    /// <summary>By how much of its mean the sky's brightness differs from one corner to the opposite one, 0 … 1. Default 0.2.</summary>
    public double SkyGradient { get; init; } = 0.2;

    /// <summary>Whether the brighter nebulae, star clusters and galaxies glow. Default true.</summary>
    public bool Nebulae { get; init; } = true;

    /// <summary>Electrons, deviation, 0 … 100. Default 2.5.</summary>
    public double ReadNoiseElectrons { get; init; } = 2.5;

    /// <summary>Electrons a second and pixel, 0 … 1000. Default 0.1.</summary>
    public double DarkElectronsPerSecond { get; init; } = 0.1;

    /// <summary>Share of the pixels that are hot, 0 … 0.1; which ones they are belongs to the seed. Default 0.0001.</summary>
    public double HotPixels { get; init; } = 0.0001;

    /// <summary>What a pixel without light reads: 16-bit ADU, 0 … 20000. Default 500.</summary>
    public int OffsetAdu { get; init; } = 500;

    /// <summary>Electrons a pixel holds before it is full, 1000 … 1000000. Default 50000.</summary>
    public double FullWellElectrons { get; init; } = 50_000;

    /// <summary>Share of the light that is lost in the corners, 0 … 0.95. Default 0.</summary>
    public double Vignetting { get; init; }

    /// <summary>How far the stars move to the right from frame to frame: pixels. Default 1.7.</summary>
    public double DriftX { get; init; } = 1.7;

    /// <summary>How far the stars move downwards from frame to frame: pixels. Default 0.6.</summary>
    public double DriftY { get; init; } = 0.6;

    /// <summary>How far the field turns clockwise about its middle from frame to frame: degrees. Default 0.02.</summary>
    public double RotationDeg { get; init; } = 0.02;

    /// <summary>Largest random shift of a frame on top of the drift, in each direction: pixels, 0 … 1000. Default 0.</summary>
    public double DitherPixels { get; init; }

    /// <summary>Chance that a satellite crosses a frame, 0 … 1. Default 0.</summary>
    public double Satellites { get; init; }

    /// <summary>Chance that clouds hang before a frame, 0 … 1. Default 0.</summary>
    public double Clouds { get; init; }

    /// <summary>Chooses noise, hot pixels, satellites, clouds and dither; the sky itself is one for all. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>True takes no time for an exposure; false, the default, takes as long as a camera would.</summary>
    public bool Instant { get; init; }

    /// <summary>What the frames say they show (FITS OBJECT); null says "Orion" for the default field and nothing for another.</summary>
    public string? Target { get; init; }

    /// <exception cref="JobException"><c>bad_input</c>: a value lies outside its range; the message says which.</exception>
    public void Validate()
    {
        Check("RA", RaDeg, 0, 360, "degrees");
        Check("declination", DecDeg, -90, 90, "degrees");
        Check("field of view", FovDeg, 0.05, 90, "degrees");
        Check("angle", AngleDeg, -360, 360, "degrees");
        Check("width", Width, 16, 20_000, "pixels");
        Check("height", Height, 16, 20_000, "pixels");
        Check("pixel size", PixelSizeUm, 0.5, 50, "micrometres");
        Check("f-number", FNumber, 0.5, 64, "");
        Check("FWHM", FwhmPixels, 1.2, 20, "pixels");
        Check("sky brightness", SkyMagnitude, 10, 25, "magnitudes a square arcsecond");
        Check("sky gradient", SkyGradient, 0, 1, "");
        Check("read noise", ReadNoiseElectrons, 0, 100, "electrons");
        Check("dark current", DarkElectronsPerSecond, 0, 1000, "electrons a second");
        Check("share of hot pixels", HotPixels, 0, 0.1, "");
        Check("offset", OffsetAdu, 0, 20_000, "ADU");
        Check("full well", FullWellElectrons, 1000, 1_000_000, "electrons");
        Check("vignetting", Vignetting, 0, 0.95, "");
        Check("drift", DriftX, -1000, 1000, "pixels a frame");
        Check("drift", DriftY, -1000, 1000, "pixels a frame");
        Check("rotation", RotationDeg, -180, 180, "degrees a frame");
        Check("dither", DitherPixels, 0, 1000, "pixels");
        Check("chance of satellites", Satellites, 0, 1, "");
        Check("chance of clouds", Clouds, 0, 1, "");
    }

    private static void Check(string what, double value, double lowest, double highest, string unit)
    {
        if (!(value >= lowest && value <= highest)) // so that NaN fails too
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"The simulated camera's {what} cannot be {value}: it goes from {lowest} to {highest} {unit}").TrimEnd() + ".");
    }
}
