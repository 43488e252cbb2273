namespace AstroJobs.Kinds.Sky;

/// <summary>
/// The sky cut into zones of equal height in declination (south first), each cut into equal cells of right ascension from 0,
/// so that a question about a field touches only the cells it overlaps.
/// </summary>
internal sealed class SkyCells
{
    private readonly int[] _cellsOfZone;
    private readonly int[] _firstOfZone;

    public SkyCells(int[] cellsOfZone)
    {
        _cellsOfZone = cellsOfZone;
        _firstOfZone = new int[cellsOfZone.Length + 1];
        for (var zone = 0; zone < cellsOfZone.Length; zone++)
            _firstOfZone[zone + 1] = _firstOfZone[zone] + cellsOfZone[zone];
        ZoneHeightDeg = 180.0 / cellsOfZone.Length;
    }

    public int Count => _firstOfZone[^1];

    public double ZoneHeightDeg { get; }

    /// <summary>Cells about as wide as they are high, in as many zones of at most <paramref name="sizeDeg"/> as the sky needs.</summary>
    public static SkyCells OfSize(double sizeDeg)
    {
        var cellsOfZone = new int[(int)Math.Ceiling(180 / sizeDeg)];
        var height = 180.0 / cellsOfZone.Length;
        for (var zone = 0; zone < cellsOfZone.Length; zone++)
        {
            var nearestToEquator = Math.Min(Math.Abs((zone * height) - 90), Math.Abs(((zone + 1) * height) - 90));
            cellsOfZone[zone] = Math.Max(1, (int)Math.Ceiling(360 / height * Math.Cos(double.DegreesToRadians(nearestToEquator))));
        }
        return new SkyCells(cellsOfZone);
    }

    /// <summary>South-west corner and size of a cell in degrees; the width is one of right ascension.</summary>
    public (double RaDeg, double DecDeg, double WidthDeg) Bounds(int cell)
    {
        var zone = Array.BinarySearch(_firstOfZone, cell);
        zone = zone >= 0 ? zone : ~zone - 1;
        var width = 360.0 / _cellsOfZone[zone];
        return ((cell - _firstOfZone[zone]) * width, (zone * ZoneHeightDeg) - 90, width);
    }

    /// <summary>Every cell that a circle touches, and a few neighbours of those.</summary>
    public IEnumerable<int> Touching(SkyPosition centre, double radiusDeg)
    {
        var first = Math.Max(0, (int)Math.Floor((centre.DecDeg - radiusDeg + 90) / ZoneHeightDeg));
        var last = Math.Min(_cellsOfZone.Length - 1, (int)Math.Floor((centre.DecDeg + radiusDeg + 90) / ZoneHeightDeg));
        var halfWidth = HalfWidthDeg(centre.DecDeg, radiusDeg);
        for (var zone = first; zone <= last; zone++)
        {
            var cells = _cellsOfZone[zone];
            var west = (int)Math.Floor((centre.RaDeg - halfWidth) / 360 * cells);
            var east = (int)Math.Floor((centre.RaDeg + halfWidth) / 360 * cells);
            if (east - west + 1 >= cells)
                (west, east) = (0, cells - 1);
            for (var cell = west; cell <= east; cell++)
                yield return _firstOfZone[zone] + (((cell % cells) + cells) % cells);
        }
    }

    // The meridians that touch a circle of radius r around declination d lie asin(sin r / cos d) away; all do when it holds a pole.
    private static double HalfWidthDeg(double decDeg, double radiusDeg) =>
        Math.Abs(decDeg) + radiusDeg >= 90
            ? 180
            : double.RadiansToDegrees(Math.Asin(Math.Sin(double.DegreesToRadians(radiusDeg)) / Math.Cos(double.DegreesToRadians(decDeg))));
}
