using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Extract;

/// <summary>What is in one picture, where in the sky, and how it was taken.</summary>
public sealed class ExtractKind() : JobKind<ExtractParameters>(static () => ExtractJson.Default.ExtractParameters, static () => new())
{
    private const double WidestDeg = 180;
    private const int LargestDownsample = 64;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public override string Name => "extract";

    public override IReadOnlyList<string> SlotsFor(ExtractParameters parameters) => ["cpu"];

    public override ExtractParameters Prepare(ExtractParameters parameters, SubmitContext context)
    {
        Check(parameters);
        var prepared = parameters with
        {
            IndexFolder = IndexFolder(parameters.IndexFolder, context.CallerFolder),
            Extractor = Extractor(parameters.Extractor, context.CallerFolder),
        };
        if (parameters.FromJob is { } job)
            return prepared with { FromJob = context.WaitFor(job).ToString() };
        var image = Path.GetFullPath(parameters.Image!, context.CallerFolder);
        if (!File.Exists(image))
            throw new JobException(
                ErrorCode.ImageNotFound,
                Directory.Exists(image) ? $"'{image}' is a folder: extract looks at one picture." : $"Image not found: {image}",
                Directory.Exists(image) ? "`submit --batch` takes many." : "Check the name; relative names start from the folder in which the command runs.");
        if (prepared.Extractor is null)
            CheckFormat(image);
        var name = Path.GetFileName(image);
        File.Copy(image, Path.Combine(context.InputFolder, name));
        return prepared with { Image = image, InputName = name };
    }

    protected override Task RunAsync(ExtractParameters parameters, JobContext context) =>
        parameters.Extractor is null ? new ExtractRun(parameters, context).RunAsync() : new ForeignExtractor(parameters, context).RunAsync();

    private static void Check(ExtractParameters parameters)
    {
        if (parameters.Image is null == parameters.FromJob is null)
            throw new JobException(ErrorCode.BadInput, "Extract takes one picture.", "Give it with --image FILE, or --from-job ID for the result of a job.");
        if (parameters.Image is "")
            throw new JobException(ErrorCode.BadInput, "The image has an empty name.");
        CheckScale(parameters);
        if (parameters.RaDeg is null != parameters.DecDeg is null)
            throw new JobException(ErrorCode.BadInput, "A place in the sky needs both, right ascension and declination.", "Give --ra and --dec.");
        CheckRange("right ascension", parameters.RaDeg, 0, 360);
        CheckRange("declination", parameters.DecDeg, -90, 90);
        if (parameters.RadiusDeg is not (> 0 and <= WidestDeg))
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"The radius cannot be {parameters.RadiusDeg}: it goes from 0 to 180 degrees."));
        if (parameters.Downsample is < 1 or > LargestDownsample)
            throw new JobException(ErrorCode.BadInput, $"The picture cannot be made {parameters.Downsample} times smaller: 1 to {LargestDownsample}.");
        if (parameters.Timeout <= TimeSpan.Zero || parameters.Timeout > LongestTimeout)
            throw new JobException(ErrorCode.BadInput, "The time limit goes up to one day.");
        if (parameters.Depth is { } depth && DepthText.TryParse(depth) is null)
            throw new JobException(ErrorCode.BadInput, $"'{depth}' is no depth.", "Write 40 for the forty brightest stars, 20-40 for a range, 10,20-40 for several.");
    }

    private static void CheckScale(ExtractParameters parameters)
    {
        if (parameters is { ScaleLow: <= 0 } or { ScaleHigh: <= 0 } or { ScaleLow: double.NaN } or { ScaleHigh: double.NaN })
            throw new JobException(ErrorCode.BadInput, "The bounds of the scale must be more than 0.");
        if (parameters.ScaleLow > parameters.ScaleHigh)
            throw new JobException(
                ErrorCode.BadInput,
                FormattableString.Invariant($"The scale cannot be at least {parameters.ScaleLow} and at most {parameters.ScaleHigh}."),
                "--scale-low is the lower bound, --scale-high the upper one.");
    }

    private static void CheckRange(string what, double? value, double lowest, double highest)
    {
        if (value is { } number && !(number >= lowest && number <= highest))
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"The {what} cannot be {number}: it goes from {lowest} to {highest} degrees."));
    }

    private static void CheckFormat(string image)
    {
        try
        {
            ImageFile.CheckSignature(image);
        }
        catch (Imaging.ImageException unreadable)
        {
            throw new JobException(ErrorCode.BadInput, unreadable.Message, inner: unreadable);
        }
    }

    private static string? IndexFolder(string? folder, string callerFolder)
    {
        if (folder is null)
            return null;
        var path = Path.GetFullPath(folder, callerFolder);
        return Directory.Exists(path) ? path : throw new JobException(ErrorCode.BadInput, $"There is no folder '{path}' with index files.");
    }

    private static string? Extractor(string? program, string callerFolder)
    {
        if (string.IsNullOrEmpty(program))
            return null;
        return ProgramPath.Find(program, callerFolder)
            ?? throw new JobException(ErrorCode.ToolMissing, $"There is no program '{program}' to extract with.", "ASTRO_EXTRACT_BIN names a program that can be run; unset it to use astrojobs' own.");
    }
}
