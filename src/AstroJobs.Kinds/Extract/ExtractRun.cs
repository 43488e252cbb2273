using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stars;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Extract;

/// <summary>One extract: read the picture, find its stars, ask a solver where they are, say and show what lies there.</summary>
internal sealed class ExtractRun(ExtractParameters parameters, JobContext context)
{
    private const string WcsName = "wcs.fits";

    private readonly long _started = context.Time.GetTimestamp();

    /// <exception cref="JobException"><c>not_solved</c>, <c>tool_missing</c>: result.json says the same, with all that is known without a solution.</exception>
    public async Task RunAsync()
    {
        try
        {
            await ExtractAsync().ConfigureAwait(false);
        }
        catch (MissingLibraryException exception)
        {
            throw new JobException(ErrorCode.LibraryMissing, exception.Message, "`astrojobs doctor` shows what is missing.", exception);
        }
        catch (ImageException exception)
        {
            throw new JobException(ErrorCode.IoError, exception.Message, inner: exception);
        }
    }

    private async Task ExtractAsync()
    {
        var (path, original) = ExtractInputs.Locate(parameters, context);
        context.Report(0, null, "stars", $"Looking for stars in {Path.GetFileName(path)}");
        using var reader = ImageFile.Open(path);
        var field = StarFinder.Find(reader, context.Cancellation);
        var starSeconds = Elapsed(_started);
        context.Log.LogInformation("{Count} stars", field.Stars.Count);
        var bare = new ExtractResult
        {
            Ok = false,
            Filename = Path.GetFileName(original),
            ImagePath = original,
            Capture = CaptureFacts.Of(reader.Info),
            Stars = StarFacts.Of(field, arcsecPerPixel: null, matched: null),
            Files = new ExtractFiles(),
            Notes = NotesOn(reader.Info.Metadata),
            Timings = new ExtractTimings(starSeconds, 0, 0, 0),
        };
        foreach (var note in bare.Notes)
            context.Log.LogWarning("{Note}", note);
        using var pictures = new ExtractPictures(parameters, context, reader);
        try
        {
            var solver = PlateSolvers.Choose(parameters, context);
            var report = await new FieldSolver(parameters, context, solver).SolveAsync(reader.Info, field, pictures.Grey).ConfigureAwait(false);
            bare = bare with { Attempts = report.Tried, Timings = bare.Timings with { Solve = report.Seconds } };
            if (report.Solution is null)
                throw NotSolved.Explain(parameters, reader.Info, field, report);
            Save(Describe(bare, reader, field, report, report.Solution, pictures));
        }
        catch (JobException failure)
        {
            var files = new ExtractFiles { StarsCsv = StarTables.WriteCsv(context.OutputFolder, field, null, null), Preview = pictures.SavePreview() };
            Save(bare with { Error = failure.ToError(), Image = original, Files = files });
            throw;
        }
    }

    private static IReadOnlyList<string> NotesOn(FrameMetadata said) => said.UnreadPictures == 0 ? [] :
    [
        FormattableString.Invariant($"All of this is about the first picture in the file: {said.UnreadPictures} more (FITS extensions) {(said.UnreadPictures == 1 ? "was" : "were")} not looked at. Split it into a file a picture to look at those."),
    ];

    private ExtractResult Describe(ExtractResult bare, FrameReader reader, StarField field, SolveReport report, PlateSolution solution, ExtractPictures pictures)
    {
        context.Report(0, null, "describe", "Saying what lies in the field");
        var drawing = context.Time.GetTimestamp();
        solution = solution with { Wcs = PlateRefiner.Refine(solution.Wcs, field.Stars, field.Width, field.Height, StarCatalogue.Embedded) };
        var view = SkyView.Of(solution.Wcs, reader.Info.Width, reader.Info.Height);
        var match = CatalogueMatch.Make(field, solution.Wcs, StarCatalogue.Embedded);
        var objects = FieldObjects.List(view, reader.Info.Metadata.DateObs);
        FitsBlocks.WriteHeader(Path.Combine(context.OutputFolder, WcsName), WcsHeader.Keywords(solution.Wcs, view.Width, view.Height));
        var files = new ExtractFiles
        {
            Wcs = WcsName,
            StarsCsv = StarTables.WriteCsv(context.OutputFolder, field, solution.Wcs, match),
            StarsFits = StarTables.WriteFits(context.OutputFolder, field, solution.Wcs, match),
            Solved = pictures.SaveSolved(solution.Wcs),
            Preview = pictures.SavePreview(),
            Annotated = pictures.SaveAnnotated(view, objects),
        };
        return bare with
        {
            Ok = true,
            Astrometry = AstrometryFacts.Of(view, solution, report, match) with { Objects = FieldObjects.AsNamed(objects) },
            Objects = objects,
            Stars = StarFacts.Of(field, view.ScaleArcsecPerPixel, match.Count),
            Files = files,
            Timings = bare.Timings with { Pictures = Elapsed(drawing) },
        };
    }

    private void Save(ExtractResult result) =>
        context.SaveResult(result with { Timings = result.Timings with { Total = Elapsed(_started) } }, ExtractJson.Default.ExtractResult);

    private double Elapsed(long since) => Math.Round(context.Time.GetElapsedTime(since).TotalSeconds, 3);
}
