using System.Globalization;
using System.Text.RegularExpressions;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>How narrow a field the installed index files of astrometry.net can serve, by their numbers: index-tycho2-10, index-4107, index-5205-03.</summary>
internal sealed partial class IndexScales(int finest)
{
    private const string SystemConfiguration = "/etc/astrometry.cfg";
    private const double FinestArcminutes = 2; // the widest pattern of an index number n is 2·√2ⁿ to 2·√2ⁿ⁺¹ arcminutes; a field should hold a few
    private const double PatternsAcross = 1.5;

    /// <summary>Null when no index file is found, or none whose name tells its number.</summary>
    /// <param name="folder">Null for those of astrometry.net's own configuration.</param>
    public static IndexScales? Find(string? folder, string workFolder)
    {
        var folders = folder is not null ? [folder] : ConfiguredFolders();
        var numbers = folders
            .Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, "index-*.fits"))
            .Select(path => FileNumber().Match(Path.GetFileName(path)))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .ToArray();
        return numbers.Length == 0 ? null : new IndexScales(numbers.Min());
    }

    /// <summary>What to install for a field of this width; null when there is enough.</summary>
    public string? Advise(double widthDeg)
    {
        var narrowest = FinestArcminutes * Math.Pow(Math.Sqrt(2), finest) / 60 * PatternsAcross;
        return widthDeg >= narrowest
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The index files here serve fields wider than {narrowest:0.##}°, this one is {widthDeg:0.##}° or less: sudo apt-get install astrometry-data-tycho2-07 astrometry-data-tycho2-08 astrometry-data-tycho2-09, or finer ones from astrometry.net.");
    }

    private static string[] ConfiguredFolders()
    {
        if (!File.Exists(SystemConfiguration))
            return [];
        return [.. File.ReadLines(SystemConfiguration).Select(line => line.Trim()).Where(line => line.StartsWith("add_path ", StringComparison.Ordinal)).Select(line => line["add_path ".Length..].Trim())];
    }

    [GeneratedRegex(@"^index-(?:tycho2-|\d\d)(\d\d)(?:-\d+)?\.")]
    private static partial Regex FileNumber();
}
