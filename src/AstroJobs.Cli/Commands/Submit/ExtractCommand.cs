using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Extract;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit extract</c>, and <c>submit --image FILE</c> as astro_extract's callers write it: what is in a picture, where, when.</summary>
internal sealed class ExtractCommand
{
    public const string Name = "extract";

    private const string ExtractorVariable = "ASTRO_EXTRACT_BIN";
    private const string ImageOption = "--image";
    private const string FromJobOption = "--from-job";

    private static readonly ExtractParameters Defaults = new();

    private readonly Argument<string?> _input = new("IMAGE") { Description = "The picture; the same as --image.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _image = new(ImageOption) { Description = "The picture: FITS, TIFF, PNG, JPEG or camera RAW.", HelpName = "FILE" };
    private readonly Option<string?> _fromJob = new(FromJobOption) { Description = "The picture of this job, for example a stack; the work starts when it is done.", HelpName = "ID" };
    private readonly Option<double?> _scaleLow = Number("--scale-low", "N", "The picture is at least so wide, in --scale-units; each bound also counts alone (default: guessed from focal length and pixel size where the file says them, then anything).");
    private readonly Option<double?> _scaleHigh = Number("--scale-high", "N", "The picture is at most so wide.");
    private readonly Option<ScaleUnits?> _scaleUnits = ChoiceOption.Create("--scale-units", "Degrees or arcminutes across the picture, or arcseconds a pixel", Defaults.ScaleUnits);
    private readonly Option<double?> _ra = Number("--ra", "DEG", "Right ascension near which the middle lies, J2000 degrees; with --dec.");
    private readonly Option<double?> _dec = Number("--dec", "DEG", "Declination near which the middle lies, J2000 degrees.");
    private readonly Option<double?> _radius = Number("--radius", "DEG", FormattableString.Invariant($"How far around that it may lie, degrees (default: {Defaults.RadiusDeg})."));
    private readonly Option<int> _downsample = new("--downsample") { Description = "Make the picture so many times smaller where the solver looks for stars itself, which it does when ours do not lead to a solution.", HelpName = "N", DefaultValueFactory = _ => Defaults.Downsample };
    private readonly Option<string?> _depth = new("--depth") { Description = "How many of the brightest stars to try: 40, 20-40, or several such (default: the solver's own).", HelpName = "N|A-B" };
    private readonly Option<string?> _indexFolder = new("--index-dir") { Description = "Where astrometry.net's index files, or ASTAP's star database, are (default: where they are installed).", HelpName = "DIR" };
    private readonly Option<SolverChoice?> _solver = ChoiceOption.Create("--solver", "Which program solves; auto is astrometry.net, or ASTAP where only that is installed", Defaults.Solver);
    private readonly Option<bool> _noPictures = new("--no-pictures") { Description = "Make no annotated picture, no preview and no FITS file with the solution." };
    private readonly Option<TimeSpan?> _timeout = DurationOption.Create("--timeout", FormattableString.Invariant($"Give up solving after this, and stop all that was started for it (default: {Defaults.Timeout.TotalSeconds:0}s). The result then still has what the file says and its stars."));

    public static Command Create()
    {
        var command = new Command(Name, "What one picture shows: how it was taken, where in the sky it lies, its stars and objects. `submit --image FILE` is the same.");
        var extract = new ExtractCommand();
        extract._input.Validators.Add(Misuse.RefuseOptions);
        command.Arguments.Add(extract._input);
        extract.AddTo(command);
        return command;
    }

    /// <summary>Gives <c>submit</c> itself the options and the action of this kind.</summary>
    public static void MakeDefaultOf(Command submit) => new ExtractCommand().AddTo(submit);

    /// <summary>Whether a command line of submit names a picture and no kind.</summary>
    public static bool IsMeant(IEnumerable<string> words, IEnumerable<string> kinds)
    {
        foreach (var word in words)
        {
            if (kinds.Contains(word))
                return false;
            if (IsOption(word, ImageOption) || IsOption(word, FromJobOption))
                return true;
        }
        return false;

        static bool IsOption(string word, string option) => word == option || word.StartsWith(option + "=", StringComparison.Ordinal);
    }

    private void AddTo(Command command)
    {
        foreach (var option in (Option[])[_image, _fromJob, _scaleLow, _scaleHigh, _scaleUnits, _ra, _dec, _radius, _downsample, _depth, _indexFolder, _solver, _noPictures])
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command, _timeout);
        command.Runs((session, parsed, cancellation) =>
            Task.FromResult(submit.Submit(session, parsed, new ExtractKind(), Read(parsed), cancellation)));
    }

    private ExtractParameters Read(ParseResult parsed) => new()
    {
        Image = parsed.GetValue(_image) ?? (parsed.CommandResult.Command.Arguments.Count > 0 ? parsed.GetValue(_input) : null),
        FromJob = parsed.GetValue(_fromJob),
        ScaleLow = parsed.GetValue(_scaleLow),
        ScaleHigh = parsed.GetValue(_scaleHigh),
        ScaleUnits = parsed.GetValue(_scaleUnits) ?? Defaults.ScaleUnits,
        RaDeg = parsed.GetValue(_ra),
        DecDeg = parsed.GetValue(_dec),
        RadiusDeg = parsed.GetValue(_radius) ?? Defaults.RadiusDeg,
        Downsample = parsed.GetValue(_downsample),
        Depth = parsed.GetValue(_depth),
        Timeout = parsed.GetValue(_timeout) ?? Defaults.Timeout,
        IndexFolder = parsed.GetValue(_indexFolder),
        Solver = parsed.GetValue(_solver) ?? Defaults.Solver,
        Pictures = !parsed.GetValue(_noPictures),
        Extractor = Environment.GetEnvironmentVariable(ExtractorVariable),
    };

    private static Option<double?> Number(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };
}
