using System.Globalization;
using System.Text.RegularExpressions;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// Which fields the installed index files of astrometry.net can serve, by their numbers: index-tycho2-10, index-4107, index-5205-03.
/// Number n holds patterns of 2·√2ⁿ to 2·√2ⁿ⁺¹ arcminutes. Source: astrometry.net, doc/readme.rst.
/// </summary>
/// <param name="numbers">Ascending, each once; not empty.</param>
/// <param name="files">How many files hold them.</param>
public sealed partial class IndexScales(IReadOnlyList<int> numbers, int files)
{
    private const string SystemConfiguration = "/etc/astrometry.cfg";
    private const double FinestArcminutes = 2;
    private const double SmallestPart = 1 / 3.0; // of a field's width that its patterns should have: smaller ones are many and take time
    private const int FinestOfTycho2 = 7; // index-4107 to -4119 and Debian's packages; finer ones are index-5200 to -5206
    private const int CoarsestOfDebiansFine = 9;

    /// <summary>Those of astrometry.net's own configuration are found in any of these folders.</summary>
    public static IReadOnlyList<string> ConfiguredFolders() => File.Exists(SystemConfiguration)
        ? [.. File.ReadLines(SystemConfiguration).Select(line => line.Trim()).Where(line => line.StartsWith("add_path ", StringComparison.Ordinal)).Select(line => line["add_path ".Length..].Trim())]
        : [];

    /// <summary>Null when no index file is found, or one whose name does not tell its number: it may serve anything.</summary>
    /// <param name="folder">Null for those of astrometry.net's own configuration.</param>
    public static IndexScales? Find(string? folder) => In(folder is null ? ConfiguredFolders() : [folder]);

    /// <inheritdoc cref="Find"/>
    public static IndexScales? In(IReadOnlyList<string> folders)
    {
        var files = folders.Where(Directory.Exists).SelectMany(path => Directory.EnumerateFiles(path, "*.fits")).ToArray();
        var numbers = files.Select(path => NumberOf(Path.GetFileName(path))).ToArray();
        return numbers.Length == 0 || numbers.Contains(null) ? null : new IndexScales([.. numbers.Select(number => number!.Value).Distinct().Order()], files.Length);
    }

    /// <summary>Whether any pattern fits into a field of this width.</summary>
    public bool Serves(double widthDeg) => Narrowest(numbers[0]) <= widthDeg * 60;

    /// <summary>What to install for a field of this width; null when there is enough.</summary>
    public string? Advise(double widthDeg)
    {
        if (Serves(widthDeg))
            return null;
        var coarsest = Math.Max(0, NumberFor(widthDeg));
        var finest = Math.Clamp(NumberFor(widthDeg * SmallestPart), 0, coarsest);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The index files here ({this}) serve fields wider than {Narrowest(numbers[0]) / 60:0.#}°, this one is about {widthDeg:0.##}° wide and needs some of {Names(finest, coarsest)}: {Source(coarsest)}");
    }

    /// <summary>For people: how many, and which numbers.</summary>
    public override string ToString()
    {
        var ranges = new List<string>();
        for (var i = 0; i < numbers.Count; i++)
        {
            var first = numbers[i];
            while (i + 1 < numbers.Count && numbers[i + 1] == numbers[i] + 1)
                i++;
            ranges.Add(first == numbers[i] ? FormattableString.Invariant($"{first}") : FormattableString.Invariant($"{first} to {numbers[i]}"));
        }
        return string.Create(CultureInfo.InvariantCulture, $"{files}, of the scales {string.Join(", ", ranges)}");
    }

    /// <summary>In arcminutes: the lower bound of the number's patterns.</summary>
    private static double Narrowest(int number) => FinestArcminutes * Math.Pow(Math.Sqrt(2), number);

    /// <summary>The coarsest whose patterns begin within this width.</summary>
    private static int NumberFor(double widthDeg) => (int)Math.Floor(2 * Math.Log2(widthDeg * 60 / FinestArcminutes));

    private static string Names(int finest, int coarsest) =>
        string.Join(", ", Enumerable.Range(finest, coarsest - finest + 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"index-{(number < FinestOfTycho2 ? 52 : 41)}{number:00}")));

    private static string Source(int coarsest)
    {
        var debians = string.Join(' ', Enumerable.Range(FinestOfTycho2, CoarsestOfDebiansFine - FinestOfTycho2 + 1).Where(number => number <= coarsest).Select(number => $"astrometry-data-tycho2-0{number}"));
        return debians.Length > 0 ? "sudo apt-get install " + debians : "Debian has none so fine; get them from data.astrometry.net.";
    }

    private static int? NumberOf(string name) =>
        FileNumber().Match(name) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^index-(?:tycho2-|\d\d)(\d\d)(?:-\d+)?\.")]
    private static partial Regex FileNumber();
}
