using AstroJobs.Imaging;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>
/// What is tried to solve a picture, in this order: what its metadata suggest, then without, each briefly before it is tried at length.
/// All of it together takes no longer than the default time limit; a longer one goes to the last attempt.
/// </summary>
internal sealed class SolvePlan
{
    private const double PointingRadiusDeg = 15; // what mounts say before their first alignment

    private static readonly TimeSpan Usual = new ExtractParameters().Timeout;
    private static readonly TimeSpan SurestPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GuessPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan GuessAtLength = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan PicturePatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AtLength = TimeSpan.FromSeconds(120);

    private readonly ExtractParameters _parameters;
    private readonly bool _readsStarLists;
    private readonly SkyCircle? _near;
    private readonly string _place;
    private readonly IReadOnlyList<DepthRange>? _depths;
    private readonly List<SolveStep> _steps = [];

    private SolvePlan(ExtractParameters parameters, bool readsStarLists)
    {
        (_parameters, _readsStarLists) = (parameters, readsStarLists);
        _near = parameters is { RaDeg: { } ra, DecDeg: { } dec } ? new SkyCircle(new SkyPosition(ra, dec), parameters.RadiusDeg) : null;
        _place = _near is null ? "" : " and the place asked for";
        _depths = parameters.Depth is { } text ? DepthText.TryParse(text) : null;
    }

    /// <param name="readsStarLists">Whether the solver takes our stars.</param>
    /// <param name="indexes">What the solver can serve; null for unknown. Scales that it cannot are not tried.</param>
    public static IReadOnlyList<SolveStep> Make(ExtractParameters parameters, int width, int height, FrameMetadata said, bool readsStarLists, IndexScales? indexes)
    {
        var plan = new SolvePlan(parameters, readsStarLists);
        var asked = ScaleGuess.Asked(parameters, width);
        var suggested = ScaleGuess.Of(width, height, said).ToList();
        var guesses = suggested.Where(guess => IsServed(guess.Scale)).ToList();
        if (asked is { } scale)
        {
            if (IsServed(scale))
                plan.Exhaust("the scale asked for" + plan._place, scale, guesses: []);
        }
        else if (suggested.Count > 0 && guesses.Count == 0)
            plan.Add(plan.Unguessed, null, ListPatience, StepStars.Brightest); // in case the file is wrong
        else
            plan.AddAll(guesses, said is { RaDeg: { } ra, DecDeg: { } dec } ? new SkyCircle(new SkyPosition(ra, dec), PointingRadiusDeg) : null);
        return plan._steps;

        bool IsServed(ScaleRange scale) => indexes is null || scale.High is not { } high || indexes.Serves(high * Math.Max(width, height) / 3600);
    }

    private string Unguessed => _near is null ? "nothing known" : "the place asked for";

    private void AddAll(IReadOnlyList<ScaleGuess> guesses, SkyCircle? pointing)
    {
        foreach (var guess in guesses)
        {
            if (_near is null && pointing is not null)
                Add($"{guess.Name} and the pointing in the file", guess, GuessPatience, StepStars.Brightest, pointing);
            Add(guess.Name + _place, guess, guess == guesses[0] ? SurestPatience : GuessPatience, StepStars.Brightest);
            if (_readsStarLists)
                Add(guess.Name + _place + ", stars from all over the picture", guess, GuessPatience, StepStars.Spread);
        }
        foreach (var guess in guesses.Where(_ => _readsStarLists))
            Add(guess.Name + _place + ", the solver's own stars", guess, ListPatience, StepStars.OfThePicture);
        Exhaust(Unguessed, null, guesses);
    }

    /// <param name="guesses">Tried at length before the last attempt of all.</param>
    private void Exhaust(string name, ScaleRange? scale, IReadOnlyList<ScaleGuess> guesses)
    {
        var guess = scale is { } known ? new ScaleGuess(name, known) : null;
        if (_readsStarLists)
        {
            Add(name, guess, ListPatience, StepStars.Brightest);
            Add(name + ", stars from all over the picture", guess, ListPatience, StepStars.Spread);
        }
        Add(name + ", the solver's own stars", guess, _readsStarLists ? PicturePatience : _parameters.Timeout, StepStars.OfThePicture);
        foreach (var unsure in guesses)
            Add(unsure.Name + _place + ", at length", unsure, GuessAtLength, StepStars.Brightest);
        if (_readsStarLists)
            Add(name + ", at length", guess, _parameters.Timeout > Usual ? _parameters.Timeout : AtLength, StepStars.Brightest);
    }

    /// <param name="near">Null for the place that the caller asked for, if any.</param>
    private void Add(string name, ScaleGuess? guess, TimeSpan patience, StepStars stars, SkyCircle? near = null) =>
        _steps.Add(new SolveStep(stars, new SolveAttempt(name, guess?.Scale, near ?? _near, _depths, patience, !_readsStarLists || stars == StepStars.OfThePicture)
        {
            Downsample = _parameters.Downsample,
            Unmirrored = guess?.ThroughALens ?? false,
        }));
}
