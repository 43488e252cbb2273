using AstroJobs.Imaging;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>Writes report.html beside the picture. A stack does not fail for want of its report.</summary>
internal static class StackReportFile
{
    public const string Name = "report.html";

    private const int MapSide = 640;

    public static void Write(StackResult result, JobContext context)
    {
        try
        {
            var preview = Path.Combine(context.OutputFolder, result.Preview);
            var picture = File.Exists(preview) ? new ReportPicture("The stack, stretched", "image/jpeg", File.ReadAllBytes(preview)) : null;
            var page = new StackReportPage(result, context.Id.ToString(), picture, [.. Maps(result, context)]).Write();
            var partial = Path.Combine(context.OutputFolder, $".{Name}.partial");
            File.WriteAllText(partial, page);
            File.Move(partial, Path.Combine(context.OutputFolder, Name), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageException)
        {
            context.Log.LogWarning("{Name} could not be written: {Reason}", Name, exception.Message);
        }
    }

    private static IEnumerable<ReportPicture> Maps(StackResult result, JobContext context)
    {
        foreach (var (name, what) in new[]
        {
            (result.CoverageMap, "Frames that show each pixel"),
            (result.WeightsMap, "Frames whose light each pixel got"),
            (result.Rejection.LowMap, "Frames left out as too dark"),
            (result.Rejection.HighMap, "Frames left out as too bright"),
        })
        {
            if (name is null)
                continue;
            var small = Path.Combine(context.WorkFolder, Path.ChangeExtension(name, ".png"));
            var colours = result.Channels == 3 && name != result.CoverageMap ? ", colour by colour" : "";
            var most = CountPicture.Write(Path.Combine(context.OutputFolder, name), small, MapSide);
            yield return new ReportPicture(FormattableString.Invariant($"{what}{colours}: black is none, white {most:0.##} a pixel or more"), "image/png", File.ReadAllBytes(small));
        }
    }
}
