using AstroJobs.Imaging;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>
/// What is tried to solve a picture, in this order: what its metadata suggest, then without, each briefly before it is tried at length.
/// All of it together takes no longer than the default time limit; a longer one goes to the last attempt.
/// </summary>
internal static class SolvePlan
{
    private const double GuessMargin = 0.15; // lenses are off by up to an eighth of what they say
    private const double FilmWidthMm = 36;
    private const double PointingRadiusDeg = 15; // what mounts say before their first alignment

    private static readonly TimeSpan Usual = new ExtractParameters().Timeout;
    private static readonly TimeSpan SurestPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GuessPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GuessAtLength = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan PicturePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AtLength = TimeSpan.FromSeconds(120);

    /// <summary>The long sides of sensors that take pictures of the night sky, mm. The largest first: they do it most.</summary>
    private static readonly (string Name, double NarrowestMm, double WidestMm)[] Sensors =
        [("a full-frame sensor", 35.6, 36.1), ("an APS-C sensor", 22.2, 23.7), ("a Four Thirds sensor", 17.2, 17.4), ("a one-inch sensor", 12.8, 13.3)];

    /// <param name="readsStarLists">Whether the solver takes our stars.</param>
    /// <param name="indexes">What the solver can serve; null for unknown. Scales that it cannot are not tried.</param>
    public static IReadOnlyList<SolveStep> Make(ExtractParameters parameters, int width, int height, FrameMetadata said, bool readsStarLists, IndexScales? indexes)
    {
        var steps = new List<SolveStep>();
        var near = parameters is { RaDeg: { } ra, DecDeg: { } dec } ? new SkyCircle(new SkyPosition(ra, dec), parameters.RadiusDeg) : (SkyCircle?)null;
        var depths = parameters.Depth is { } text ? DepthText.TryParse(text) : null;
        var place = near is null ? "" : " and the place asked for";
        if (AskedScale(parameters, width) is { } asked)
        {
            if (IsServed(asked))
                Exhaust("the scale asked for" + place, asked);
            return steps;
        }
        var suggested = GuessedScales(width, height, said).ToList();
        var guesses = suggested.Where(guess => IsServed(guess.Scale)).ToList();
        var known = near is null ? "nothing known" : "the place asked for";
        foreach (var guess in guesses)
        {
            if (near is null && said is { RaDeg: { } saidRa, DecDeg: { } saidDec })
                Add($"{guess.Name} and the pointing in the file", guess, new SkyCircle(new SkyPosition(saidRa, saidDec), PointingRadiusDeg), GuessPatience, StepStars.Brightest);
            Add(guess.Name + place, guess, near, guess == guesses[0] ? SurestPatience : GuessPatience, StepStars.Brightest);
            if (readsStarLists)
                Add(guess.Name + place + ", stars from all over the picture", guess, near, GuessPatience, StepStars.Spread);
        }
        if (suggested.Count > 0 && guesses.Count == 0)
            Add(known, null, near, ListPatience, StepStars.Brightest); // in case the file is wrong
        else
            ExhaustWithGuesses();
        return steps;

        bool IsServed(ScaleRange scale) => indexes is null || scale.High is not { } high || indexes.Serves(high * Math.Max(width, height) / 3600);

        void ExhaustWithGuesses()
        {
            foreach (var guess in guesses.Where(_ => readsStarLists))
                Add(guess.Name + place + ", the solver's own stars", guess, near, ListPatience, StepStars.OfThePicture);
            Exhaust(known, null, () =>
            {
                foreach (var guess in guesses)
                    Add(guess.Name + place + ", at length", guess, near, GuessAtLength, StepStars.Brightest);
            });
        }

        void Exhaust(string name, ScaleRange? scale, Action? beforeTheLast = null)
        {
            var guess = scale is { } known ? new Guess(name, known) : null;
            if (readsStarLists)
            {
                Add(name, guess, near, ListPatience, StepStars.Brightest);
                Add(name + ", stars from all over the picture", guess, near, ListPatience, StepStars.Spread);
            }
            Add(name + ", the solver's own stars", guess, near, readsStarLists ? PicturePatience : parameters.Timeout, StepStars.OfThePicture);
            beforeTheLast?.Invoke();
            if (readsStarLists)
                Add(name + ", at length", guess, near, parameters.Timeout > Usual ? parameters.Timeout : AtLength, StepStars.Brightest);
        }

        void Add(string name, Guess? guess, SkyCircle? circle, TimeSpan patience, StepStars stars) =>
            steps.Add(new SolveStep(stars, new SolveAttempt(name, guess?.Scale, circle, depths, patience, !readsStarLists || stars == StepStars.OfThePicture)
            {
                Downsample = parameters.Downsample,
                Unmirrored = guess?.ThroughALens ?? false,
            }));
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

    /// <summary>The surest first. A picture that was made smaller may still tell the pixels of its sensor: where they make up a width that no sensor has, the usual ones come first.</summary>
    public static IEnumerable<Guess> GuessedScales(int width, int height, FrameMetadata said)
    {
        var side = Math.Max(width, height);
        var isPhotograph = said is { Iso: not null, CameraMaker: not null };
        if (said.FocalLength35Mm is { } equivalent)
            yield return new Guess("focal length on film", Between(equivalent, FilmWidthMm, FilmWidthMm, side), isPhotograph);
        if (said.FocalLengthMm is not { } focal)
            yield break;
        var told = side * said.PixelSizeUm / 1000;
        var toldFirst = !isPhotograph || Array.Exists(Sensors, sensor => told >= sensor.NarrowestMm && told <= sensor.WidestMm);
        if (toldFirst && Told() is { } sure)
            yield return sure;
        if (isPhotograph && said.FocalLength35Mm is null)
        {
            foreach (var (name, narrowest, widest) in Sensors.Where(sensor => told is null || sensor.NarrowestMm > told * (1 + GuessMargin)))
                yield return new Guess("focal length and " + name, Between(focal, narrowest, widest, side), isPhotograph);
        }
        if (!toldFirst && Told() is { } unsure)
            yield return unsure;

        Guess? Told() => told is { } across ? new Guess("focal length and pixel size", Between(focal, across, across, side), isPhotograph) : null;
    }

    // A pixel of a wide rectilinear picture covers more in the middle than on average: both may be meant by its scale.
    private static ScaleRange Between(double focalMm, double smallestMm, double largestMm, int pixels)
    {
        var onAverage = 2 * double.RadiansToDegrees(Math.Atan(smallestMm / 2 / focalMm)) * 3600 / pixels;
        var inTheMiddle = double.RadiansToDegrees(largestMm / focalMm) * 3600 / pixels;
        return new ScaleRange(onAverage * (1 - GuessMargin), inTheMiddle * (1 + GuessMargin));
    }

    /// <param name="ThroughALens">Then it is not mirrored.</param>
    public sealed record Guess(string Name, ScaleRange Scale, bool ThroughALens = false);
}
