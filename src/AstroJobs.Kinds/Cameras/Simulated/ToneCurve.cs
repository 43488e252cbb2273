using AstroJobs.Imaging;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>What a camera does to a picture that it saves as JPEG: black at the sensor's offset, then the curve of sRGB (IEC 61966-2-1).</summary>
internal static class ToneCurve
{
    private const int Levels = 65535;

    /// <param name="black">The sensor's offset, scaled as the samples are.</param>
    public static void Apply(Frame frame, float black)
    {
        var curve = new float[Levels + 1];
        for (var adu = 0; adu <= Levels; adu++)
            curve[adu] = Srgb(Math.Max(0, ((adu / (double)Levels) - black) / (1 - black)));
        for (var channel = 0; channel < frame.Channels; channel++)
        {
            foreach (ref var sample in frame.Plane(channel))
                sample = curve[(int)MathF.Round(sample * Levels)];
        }
    }

    private static float Srgb(double linear) => (float)(linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055);
}
