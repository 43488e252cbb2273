using System.Globalization;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// astrometry.net. Our star list goes straight to its engine; solve-field, which looks for stars itself, is the second choice. Both exit with 0
/// when they did not solve and keep no time limit, so the solution's file decides, and the tool's own time-out stops all that was started.
/// </summary>
/// <param name="indexFolder">Null for what astrometry.net's own configuration says.</param>
public sealed class AstrometryNetSolver(JobContext context, string? indexFolder) : IPlateSolver
{
    private const string Engine = "astrometry-engine";
    private const string SolveField = "solve-field";
    private const string Configuration = "engine.cfg";
    private const string PictureStem = "field";

    public string Name => "astrometry.net";

    public bool ReadsStarLists => true;

    public bool IsInstalled => ProgramPath.Find(Engine, context.WorkFolder) is not null;

    private string Folder => Path.Combine(context.WorkFolder, "astrometry");

    public void Check()
    {
        if (!IsInstalled)
            throw new JobException(ErrorCode.ToolMissing, $"There is no program {Engine}: astrometry.net is not installed.", "sudo apt-get install astrometry.net astrometry-data-tycho2-10-19");
    }

    public async Task<PlateSolution?> TrySolveAsync(PlateField field, SolveAttempt attempt)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        if (indexFolder is not null)
            AstrometryFiles.WriteConfiguration(Path.Combine(Folder, Configuration), indexFolder);
        if (!attempt.UsesPicture)
            AstrometryFiles.WriteStars(Folder, field, attempt);
        string output;
        try
        {
            var said = await context.RunToolAsync(attempt.UsesPicture ? SolveFieldTool(field, attempt) : EngineTool(attempt)).ConfigureAwait(false);
            RefuseWithoutIndex(said.Output + said.ErrorTail);
            output = said.Output;
        }
        catch (JobException stopped) when (stopped.Code == ErrorCode.Timeout)
        {
            output = "";
        }
        if (!File.Exists(Path.Combine(Folder, AstrometryFiles.Solved)) || !File.Exists(Path.Combine(Folder, AstrometryFiles.Solution)))
            return null;
        var header = FitsHeader.ReadFile(Path.Combine(Folder, AstrometryFiles.Solution));
        return WcsHeader.TryRead(header, field.Width, field.Height) is { } wcs
            ? new PlateSolution(wcs, Between(output, "solved with index ", "\n")?.TrimEnd('.'), Number(Last(output, "log-odds ratio ")), (int?)Number(Last(output, "), ")))
            : null;
    }

    private Tool EngineTool(SolveAttempt attempt) => new(Engine, [.. Config("--config"), "--in-parallel", AstrometryFiles.Stars])
    {
        WorkingFolder = Folder,
        Timeout = attempt.Patience,
    };

    private Tool SolveFieldTool(PlateField field, SolveAttempt attempt)
    {
        List<string> arguments =
        [
            "--overwrite", "--no-plots", "--crpix-center", "--dir", Folder, "--temp-dir", Folder, "--out", PictureStem,
            "--new-fits", "none", "--rdls", "none", "--match", "none", "--corr", "none", "--index-xyls", "none",
            "--cpulimit", Invariant(Math.Ceiling(attempt.Patience.TotalSeconds)), "--downsample", Invariant(attempt.Downsample), .. Config("--config"),
        ];
        if (attempt.Scale is { } scale)
        {
            arguments.AddRange(["--scale-units", "arcsecperpix"]);
            if (scale.Low is { } low)
                arguments.AddRange(["--scale-low", Invariant(low)]);
            if (scale.High is { } high)
                arguments.AddRange(["--scale-high", Invariant(high)]);
        }
        if (attempt.Unmirrored)
            arguments.AddRange(["--parity", "pos"]);
        if (attempt.Near is { } near)
            arguments.AddRange(["--ra", Invariant(near.Centre.RaDeg), "--dec", Invariant(near.Centre.DecDeg), "--radius", Invariant(near.RadiusDeg)]);
        if (attempt.Depths is { Count: > 0 } depths)
            arguments.AddRange(["--depth", string.Join(',', depths.Select(depth => FormattableString.Invariant($"{depth.First}-{depth.Last}")))]);
        return new Tool(SolveField, [.. arguments, field.PicturePath.Value]) { WorkingFolder = Folder, Timeout = attempt.Patience };
    }

    private IEnumerable<string> Config(string option) => indexFolder is null ? [] : [option, Path.Combine(Folder, Configuration)];

    private void RefuseWithoutIndex(string output)
    {
        if (output.Contains("You must list at least one index", StringComparison.Ordinal) || output.Contains("no index files", StringComparison.OrdinalIgnoreCase))
            throw new JobException(
                ErrorCode.ToolMissing,
                indexFolder is null ? "astrometry.net has no index files." : $"There are no index files of astrometry.net in '{indexFolder}'.",
                "sudo apt-get install astrometry-data-tycho2-10-19 (for fields wider than 1°; astrometry-data-tycho2-07, -08 and -09 for narrower ones)");
    }

    private static string? Between(string text, string before, string after)
    {
        var start = text.LastIndexOf(before, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += before.Length;
        var end = text.IndexOf(after, start, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static string? Last(string text, string before) => Between(text, before, " ");

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Invariant(double value) => value.ToString(CultureInfo.InvariantCulture);
}
