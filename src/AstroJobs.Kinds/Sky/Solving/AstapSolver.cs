using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// ASTAP by its command line program. It reads the picture itself, needs the height of the field more or less, and says in an .ini file what it
/// found; PLTSOLVD decides. Source: its usage text (CLI-2022.11.11) and the file it writes.
/// </summary>
/// <param name="databaseFolder">Null for where ASTAP looks itself.</param>
public sealed class AstapSolver(JobContext context, string? databaseFolder) : IPlateSolver
{
    private const string Stem = "astap";
    private const double WholeSkyDeg = 180;

    private static readonly string[] Programs = ["astap_cli", "astap"];

    public string Name => "astap";

    public bool ReadsStarLists => false;

    public bool IsInstalled => Program is not null;

    private string? Program => Array.Find(Programs, program => ProgramPath.Find(program, context.WorkFolder) is not null);

    private string Folder => Path.Combine(context.WorkFolder, Stem);

    public void Check()
    {
        if (!IsInstalled)
            throw new JobException(ErrorCode.ToolMissing, "There is no program astap_cli: ASTAP is not installed.", "sudo apt-get install astap-cli, and a star database (D50 for example) from ASTAP's own site.");
    }

    public async Task<PlateSolution?> TrySolveAsync(PlateField field, SolveAttempt attempt)
    {
        Directory.CreateDirectory(Folder);
        var answer = Path.Combine(Folder, Stem + ".ini");
        File.Delete(answer);
        ToolResult? said = null;
        try
        {
            said = await context.RunToolAsync(new Tool(Program!, Arguments(field, attempt)) { WorkingFolder = Folder, Timeout = attempt.Patience }).ConfigureAwait(false);
        }
        catch (JobException stopped) when (stopped.Code == ErrorCode.Timeout)
        {
            return null;
        }
        var values = File.Exists(answer) ? Read(File.ReadLines(answer)) : [];
        var complaint = $"{values.GetValueOrDefault("ERROR")} {said.Output}";
        if (complaint.Contains("star database", StringComparison.OrdinalIgnoreCase) && complaint.Contains("no ", StringComparison.OrdinalIgnoreCase))
            throw new JobException(ErrorCode.ToolMissing, "ASTAP has no star database.", "Install one (D50 for example) from ASTAP's own site, or name its folder with --index-dir.");
        return values.GetValueOrDefault("PLTSOLVD") == "T" ? ToSolution(values, field.Height) : null;
    }

    private List<string> Arguments(PlateField field, SolveAttempt attempt)
    {
        List<string> arguments = ["-f", field.PicturePath.Value, "-o", Path.Combine(Folder, Stem), "-z", "0", "-wcs"];
        // One height to begin with: the middle of what is possible, or its own choice.
        var height = attempt.Scale switch
        {
            { Low: { } low, High: { } high } => (double?)(Math.Sqrt(low * high) * field.Height / 3600),
            { Low: { } only } => only * field.Height / 3600,
            { High: { } only } => only * field.Height / 3600,
            _ => null,
        };
        arguments.AddRange(["-fov", Invariant(height ?? 0)]);
        if (attempt.Near is { } near)
            arguments.AddRange(["-ra", Invariant(near.Centre.RaDeg / 15), "-spd", Invariant(near.Centre.DecDeg + 90), "-r", Invariant(near.RadiusDeg)]);
        else
            arguments.AddRange(["-r", Invariant(WholeSkyDeg)]);
        if (databaseFolder is not null)
            arguments.AddRange(["-d", databaseFolder]);
        return arguments;
    }

    private static Dictionary<string, string> Read(IEnumerable<string> lines) => lines
        .Select(line => line.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .GroupBy(pair => pair[0].Trim())
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1].Trim());

    private static PlateSolution? ToSolution(Dictionary<string, string> values, int height)
    {
        if (Number("CRVAL1") is not { } ra || Number("CRVAL2") is not { } dec || Number("CRPIX1") is not { } x || Number("CRPIX2") is not { } y
            || Number("CD1_1") is not { } xx || Number("CD1_2") is not { } xy || Number("CD2_1") is not { } yx || Number("CD2_2") is not { } yy
            || (xx * yy) - (xy * yx) == 0)
            return null;
        return new PlateSolution(Wcs.FromCdMatrix(new SkyPosition(ra, dec), x - 1, height - y, (xx, xy, yx, yy)));

        double? Number(string key) =>
            double.TryParse(values.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Invariant(double value) => value.ToString(CultureInfo.InvariantCulture);
}
