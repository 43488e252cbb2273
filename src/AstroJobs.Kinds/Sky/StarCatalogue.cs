using System.Buffers.Binary;

namespace AstroJobs.Kinds.Sky;

/// <summary>
/// The stars to about V 9.2 that the program carries: Tycho-2 (Høg et al. 2000), bright stars it lacks filled in.
/// All of the naked eye's stars to V 6 are in it. Positions are good to 0.1″ of the catalogue's (ICRS, epoch J2000; 0.2″ of those filled in), magnitudes to 0.03. Colours of the brightest are measured,
/// the others plausible. Where it comes from, its licence and the layout of the file: scripts/make-star-catalogue.
/// </summary>
public sealed class StarCatalogue
{
    /// <summary>Nearly every star brighter than this is in it: beyond V 6 Tycho-2 leaves out some doubles, its index the faintest of the densest fields.</summary>
    public const float FaintestMagnitude = 9.2f;

    private const int BytesPerStar = 6;

    private static readonly Lazy<StarCatalogue> LoadedOnce = new(Load);

    private readonly byte[] _data;
    private readonly SkyCells _cells;
    private readonly int[] _starsBefore;
    private readonly int _starsOffset;

    internal StarCatalogue(byte[] data)
    {
        if (!data.AsSpan().StartsWith("AJS1"u8))
            throw new InvalidDataException("The star catalogue does not begin with its signature.");
        _data = data;
        var words = data.AsSpan(4);
        var zones = BinaryPrimitives.ReadUInt16LittleEndian(words);
        var cellsOfZone = new int[zones];
        for (var zone = 0; zone < zones; zone++)
            cellsOfZone[zone] = BinaryPrimitives.ReadUInt16LittleEndian(words[(2 + (2 * zone))..]);
        _cells = new SkyCells(cellsOfZone);
        words = words[(2 + (2 * zones))..];
        _starsBefore = new int[_cells.Count + 1];
        for (var cell = 0; cell < _cells.Count; cell++)
            _starsBefore[cell + 1] = _starsBefore[cell] + BinaryPrimitives.ReadUInt16LittleEndian(words[(2 * cell)..]);
        _starsOffset = 4 + 2 + (2 * zones) + (2 * _cells.Count);
        if (data.Length != _starsOffset + (BytesPerStar * Count))
            throw new InvalidDataException("The star catalogue is torn.");
    }

    /// <summary>The catalogue inside the program, read when first asked for.</summary>
    public static StarCatalogue Embedded => LoadedOnce.Value;

    public int Count => _starsBefore[^1];

    /// <summary>The stars of a circle, in no order.</summary>
    /// <param name="radiusDeg">0 … 180.</param>
    /// <param name="faintest">Stars fainter than this are left out.</param>
    public List<SkyStar> Within(SkyPosition centre, double radiusDeg, float faintest = float.PositiveInfinity)
    {
        var found = new List<SkyStar>();
        foreach (var cell in _cells.Touching(centre, radiusDeg))
        {
            var bounds = _cells.Bounds(cell);
            for (var index = _starsBefore[cell]; index < _starsBefore[cell + 1]; index++)
            {
                var star = Decode(index, bounds);
                if (star.VMagnitude > faintest)
                    break; // brightest first within a cell
                if (star.Position.SeparationDeg(centre) <= radiusDeg)
                    found.Add(star);
            }
        }
        return found;
    }

    // Half a step is added to what the file has cut off downwards, so that positions are off by half a step at most.
    private SkyStar Decode(int index, (double RaDeg, double DecDeg, double WidthDeg) cell)
    {
        var bytes = _data.AsSpan(_starsOffset + (BytesPerStar * index), BytesPerStar);
        var ra = cell.RaDeg + ((BinaryPrimitives.ReadUInt16LittleEndian(bytes) + 0.5) / 65536 * cell.WidthDeg);
        var dec = cell.DecDeg + ((BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) + 0.5) / 65536 * _cells.ZoneHeightDeg);
        return new SkyStar(new SkyPosition(ra, dec), (0.05f * bytes[4]) - 1.60f, (0.01f * bytes[5]) - 0.40f);
    }

    private static StarCatalogue Load()
    {
        using var stream = typeof(StarCatalogue).Assembly.GetManifestResourceStream("tycho2.bin")
            ?? throw new InvalidOperationException("The program was built without its star catalogue.");
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return new StarCatalogue(data);
    }
}
