using AstroJobs.Imaging;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>What is tried to solve a picture, in this order: what its metadata suggest, then without, each briefly before it is tried at length.</summary>
internal static class SolvePlan
{
    private const double GuessMargin = 0.15; // lenses are off by up to an eighth of what they say
    private const double SmallestSensorMm = 12.8; // the long side of a one-inch sensor
    private const double LargestSensorMm = 37;
    private const double FilmHalfWidthMm = 18;
    private const double PointingRadiusDeg = 15; // what mounts say before their first alignment

    private static readonly TimeSpan GuessPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PicturePatience = TimeSpan.FromSeconds(120);

    /// <param name="readsStarLists">Whether the solver takes our stars.</param>
    public static IReadOnlyList<SolveStep> Make(ExtractParameters parameters, int width, int height, FrameMetadata said, bool readsStarLists)
    {
        var asked = AskedScale(parameters, width);
        var near = parameters is { RaDeg: { } ra, DecDeg: { } dec } ? new SkyCircle(new SkyPosition(ra, dec), parameters.RadiusDeg) : (SkyCircle?)null;
        var depths = parameters.Depth is { } text ? DepthText.TryParse(text) : null;
        var steps = new List<SolveStep>();
        if (asked is null)
        {
            foreach (var (name, scale) in GuessedScales(width, height, said))
            {
                if (near is null && said is { RaDeg: { } saidRa, DecDeg: { } saidDec })
                    Add(steps, $"{name} and the pointing in the file", scale, new SkyCircle(new SkyPosition(saidRa, saidDec), PointingRadiusDeg), GuessPatience, StepStars.Brightest);
                Add(steps, name, scale, near, GuessPatience, StepStars.Brightest);
            }
        }
        var known = asked is null ? near is null ? "nothing known" : "the place asked for" : near is null ? "the scale asked for" : "the scale and place asked for";
        if (readsStarLists)
        {
            Add(steps, known, asked, near, ListPatience, StepStars.Brightest);
            Add(steps, known + ", stars from all over the picture", asked, near, ListPatience, StepStars.Spread);
        }
        Add(steps, known + ", the solver's own stars", asked, near, readsStarLists ? PicturePatience : parameters.Timeout, StepStars.OfThePicture);
        if (readsStarLists)
            Add(steps, known + ", at length", asked, near, parameters.Timeout, StepStars.Brightest);
        return steps;

        void Add(List<SolveStep> to, string name, ScaleRange? scale, SkyCircle? circle, TimeSpan patience, StepStars stars) =>
            to.Add(new SolveStep(stars, new SolveAttempt(name, scale, circle, depths, patience, !readsStarLists || stars == StepStars.OfThePicture) { Downsample = parameters.Downsample }));
    }

    /// <summary>Null when the caller said nothing.</summary>
    public static ScaleRange? AskedScale(ExtractParameters parameters, int width)
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

    /// <summary>The surest first. A picture that was made smaller may still tell the pixels of its sensor, so none of them is sure.</summary>
    public static IEnumerable<(string Name, ScaleRange Scale)> GuessedScales(int width, int height, FrameMetadata said)
    {
        var side = Math.Max(width, height);
        if (said is { FocalLengthMm: { } focal, PixelSizeUm: { } pitch })
            yield return ("focal length and pixel size", Between(focal, side * pitch / 1000, side * pitch / 1000, side));
        if (said.FocalLength35Mm is { } equivalent)
            yield return ("focal length on film", Between(equivalent, 2 * FilmHalfWidthMm, 2 * FilmHalfWidthMm, side));
        else if (said is { FocalLengthMm: { } length, Iso: not null, CameraMaker: not null })
            yield return ("focal length and any usual sensor", Between(length, SmallestSensorMm, LargestSensorMm, side));
    }

    // A pixel of a wide rectilinear picture covers more in the middle than on average: both may be meant by its scale.
    private static ScaleRange Between(double focalMm, double smallestMm, double largestMm, int pixels)
    {
        var onAverage = 2 * double.RadiansToDegrees(Math.Atan(smallestMm / 2 / focalMm)) * 3600 / pixels;
        var inTheMiddle = double.RadiansToDegrees(largestMm / focalMm) * 3600 / pixels;
        return new ScaleRange(onAverage * (1 - GuessMargin), inTheMiddle * (1 + GuessMargin));
    }
}
