using AstroJobs.Imaging;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>How much sky a pixel may see, and what says so.</summary>
/// <param name="ThroughALens">Then it is not mirrored.</param>
internal sealed record ScaleGuess(string Name, ScaleRange Scale, bool ThroughALens = false)
{
    private const double Margin = 0.15; // lenses are off by up to an eighth of what they say
    private const double FilmWidthMm = 36;

    /// <summary>The long sides of sensors that take pictures of the night sky, mm. The largest first: they do it most.</summary>
    private static readonly (string Name, double NarrowestMm, double WidestMm)[] Sensors =
        [("a full-frame sensor", 35.6, 36.1), ("an APS-C sensor", 22.2, 23.7), ("a Four Thirds sensor", 17.2, 17.4), ("a one-inch sensor", 12.8, 13.3)];

    /// <summary>Null when the caller said nothing.</summary>
    public static ScaleRange? Asked(ExtractParameters parameters, int width)
    {
        if (parameters is { ScaleLow: null, ScaleHigh: null })
            return null;
        var arcseconds = parameters.ScaleUnits switch
        {
            ScaleUnits.Degwidth => 3600.0 / width,
            ScaleUnits.Arcminwidth => 60.0 / width,
            _ => 1,
        };
        return new ScaleRange(parameters.ScaleLow * arcseconds, parameters.ScaleHigh * arcseconds);
    }

    /// <summary>The surest first. A picture that was made smaller may still tell the pixels of its sensor: where they make up a width that no sensor has, the usual ones come first.</summary>
    public static IEnumerable<ScaleGuess> Of(int width, int height, FrameMetadata said)
    {
        var side = Math.Max(width, height);
        var isPhotograph = said is { Iso: not null, CameraMaker: not null };
        if (said.FocalLength35Mm is { } equivalent)
            yield return new ScaleGuess("focal length on film", Between(equivalent, FilmWidthMm, FilmWidthMm, side), isPhotograph);
        if (said.FocalLengthMm is not { } focal)
            yield break;
        var told = side * said.PixelSizeUm / 1000;
        var toldFirst = !isPhotograph || Array.Exists(Sensors, sensor => told >= sensor.NarrowestMm && told <= sensor.WidestMm);
        if (toldFirst && Told() is { } sure)
            yield return sure;
        if (isPhotograph && said.FocalLength35Mm is null)
        {
            foreach (var (name, narrowest, widest) in Sensors.Where(sensor => told is null || sensor.NarrowestMm > told * (1 + Margin)))
                yield return new ScaleGuess("focal length and " + name, Between(focal, narrowest, widest, side), isPhotograph);
        }
        if (!toldFirst && Told() is { } unsure)
            yield return unsure;

        ScaleGuess? Told() => told is { } across ? new ScaleGuess("focal length and pixel size", Between(focal, across, across, side), isPhotograph) : null;
    }

    // A pixel of a wide rectilinear picture covers more in the middle than on average: both may be meant by its scale.
    private static ScaleRange Between(double focalMm, double smallestMm, double largestMm, int pixels)
    {
        var onAverage = 2 * double.RadiansToDegrees(Math.Atan(smallestMm / 2 / focalMm)) * 3600 / pixels;
        var inTheMiddle = double.RadiansToDegrees(largestMm / focalMm) * 3600 / pixels;
        return new ScaleRange(onAverage * (1 - Margin), inTheMiddle * (1 + Margin));
    }
}
