using System.Globalization;

namespace AstroJobs.Imaging.Rendering;

/// <summary>
/// A font of strokes (Hershey Simplex, with Greek letters), for labels on pictures of any size. Coordinates of a glyph: letters "R" is 0, x to the
/// right, y downwards, the base line at 9, capitals 21 high. Format: James Hurt's, a glyph a line.
/// </summary>
internal sealed class HersheyFont
{
    private const int CapitalHeight = 21;
    private const int BaseLine = 9;
    private const int CountColumn = 5;
    private const int DataColumn = 8;
    private const string GreekLetters = "αβγδεζηθικλμνξοπρστυφχψω";
    private const string GreekPlaces = "abgdezhqiklmnxoprstufcyw"; // where the font of Greek letters has them

    private const string Marked = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ";
    private const string Unmarked = "aaaaaaceeeeiiiinoooooouuuuyyAAAAAACEEEEIIIINOOOOOOUUUUY";

    private static readonly Lazy<HersheyFont> LoadedOnce = new(() => new HersheyFont());

    private readonly Glyph[] _latin = Load("futural.jhf");
    private readonly Glyph[] _greek = Load("greek.jhf");

    public static HersheyFont Embedded => LoadedOnce.Value;

    /// <param name="height">Of capitals, pixels.</param>
    public double Width(string text, double height) => text.Sum(letter => Find(letter).Advance) * height / CapitalHeight;

    /// <summary>The strokes of a text whose base line begins at (x, y).</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Strokes(string text, double x, double y, double height)
    {
        var scale = height / CapitalHeight;
        foreach (var letter in text)
        {
            var glyph = Find(letter);
            foreach (var stroke in glyph.Strokes)
                yield return [.. stroke.Select(point => (x + ((point.X - glyph.Left) * scale), y + ((point.Y - BaseLine) * scale)))];
            x += glyph.Advance * scale;
        }
    }

    private Glyph Find(char letter)
    {
        if (GreekLetters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var greek)
            return _greek[GreekPlaces[greek] - ' '];
        return letter switch
        {
            '°' => _latin['o' - ' '].Raised(),
            '′' => _latin['\'' - ' '],
            '″' => _latin['"' - ' '],
            '−' or '–' => _latin['-' - ' '],
            '’' or 'ʼ' or '‘' or '´' or '`' => _latin['\'' - ' '],
            '.' => _latin['.' - ' '].Lowered(3), // the font's stands above its base line
            > ' ' and < (char)127 => _latin[letter - ' '],
            ' ' => _latin[0],
            _ => Plain(letter) is { } plain ? _latin[plain - ' '] : _latin['?' - ' '],
        };
    }

    /// <summary>é as e: null for a letter that is no plain one with a mark. (String normalization needs ICU, which the program goes without.)</summary>
    private static char? Plain(char letter) => Marked.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var place ? Unmarked[place] : null;

    private static Glyph[] Load(string name)
    {
        using var stream = typeof(HersheyFont).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without its font {name}.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static Glyph Parse(string line)
    {
        var pairs = int.Parse(line.AsSpan(CountColumn, 3), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        var strokes = new List<IReadOnlyList<(double, double)>>();
        var stroke = new List<(double, double)>();
        for (var i = 1; i < pairs; i++)
        {
            var (x, y) = (line[DataColumn + (2 * i)], line[DataColumn + (2 * i) + 1]);
            if (x == ' ' && y == 'R')
            {
                strokes.Add(stroke);
                stroke = [];
            }
            else
            {
                stroke.Add((x - 'R', y - 'R'));
            }
        }
        strokes.Add(stroke);
        var (left, right) = (line[DataColumn] - 'R', line[DataColumn + 1] - 'R');
        return new Glyph(left, right - left, strokes);
    }

    private sealed record Glyph(double Left, double Advance, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Strokes)
    {
        public Glyph Lowered(double by) => this with { Strokes = [.. Strokes.Select(stroke => (IReadOnlyList<(double, double)>)[.. stroke.Select(point => (point.X, point.Y + by))])] };

        /// <summary>Half as large, at the height of capitals: a ring.</summary>
        public Glyph Raised() => new(Left / 2, Advance / 2, [.. Strokes.Select(stroke => (IReadOnlyList<(double, double)>)[.. stroke.Select(point => (point.X / 2, (point.Y / 2) - 11.5))])]);
    }
}
