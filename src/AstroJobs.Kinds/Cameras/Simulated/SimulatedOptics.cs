using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>What follows from the settings: scale, focal length, and how many electrons a star or the sky makes.</summary>
internal sealed class SimulatedOptics
{
    // Photons of a star of V 0 between 400 and 700 nm: about 1000 a second, cm² and Å at V (Bessell 1979) × 3000 Å; lens and sensor keep 0.8.
    private const double ElectronsPerSecondAndCm2 = 2.4e6;

    private const double ShareOfOneColour = 1.0 / 3; // what a red, green or blue filter lets through of that

    public SimulatedOptics(SimulatedCameraSettings settings)
    {
        FocalLengthMm = settings.Width * settings.PixelSizeUm / 1000 / (2 * Math.Tan(double.DegreesToRadians(settings.FovDeg) / 2));
        ScaleArcsecPerPixel = 3600 * double.RadiansToDegrees(settings.PixelSizeUm / 1000 / FocalLengthMm);
        var apertureCm = FocalLengthMm / settings.FNumber / 10;
        ZeroPoint = ElectronsPerSecondAndCm2 * Math.PI / 4 * apertureCm * apertureCm * (settings.Layout == SensorLayout.Mono ? 1 : ShareOfOneColour);
        SkyElectronsPerSecond = ElectronsPerSecond(settings.SkyMagnitude) * ScaleArcsecPerPixel * ScaleArcsecPerPixel;
    }

    public double FocalLengthMm { get; }

    public double ScaleArcsecPerPixel { get; }

    /// <summary>Electrons a second of a star of V 0 in one channel.</summary>
    public double ZeroPoint { get; }

    /// <summary>Electrons a second that the empty sky makes in one pixel.</summary>
    public double SkyElectronsPerSecond { get; }

    public double ElectronsPerSecond(double vMagnitude) => ZeroPoint * Math.Pow(10, -0.4 * vMagnitude);

    public double Magnitude(double electronsPerSecond) => -2.5 * Math.Log10(electronsPerSecond / ZeroPoint);

    /// <summary>Electrons an ADU of 16 bits stands for. At ISO 100 the range holds a common full well of 50 000; gain grows with ISO.</summary>
    public static double ElectronsPerAdu(int iso) => 0.8 * 100 / iso;

    public static Wcs FirstView(SimulatedCameraSettings settings) => Wcs.Looking(
        new SkyPosition(settings.RaDeg, settings.DecDeg),
        (settings.Width - 1) / 2.0,
        (settings.Height - 1) / 2.0,
        new SimulatedOptics(settings).ScaleArcsecPerPixel,
        settings.AngleDeg);
}
