namespace AstroJobs.Imaging.Formats;

/// <summary>
/// Which row of a FITS file is the top one, and what that means for a mosaic; the one place that knows.
/// <list type="bullet">
/// <item>Rows: by convention the first row stored is the bottom one. ROWORDER 'TOP-DOWN' says otherwise and is honoured.
/// We write bottom-up and say so.</item>
/// <item>Mosaic: with ROWORDER present, BAYERPAT counts from the top left corner of the picture. Without it, from the first row stored: capture
/// programs write sensor rows as they come and mean that one (Siril's default too, "top-down" for the mosaic of a picture that it shows bottom-up;
/// INDI's M27 frames of an ASI224MC have their blue pixels where this reading puts them).</item>
/// <item>XBAYROFF and YBAYROFF shift the pattern in the direction it counts.</item>
/// </list>
/// </summary>
internal static class FitsRows
{
    public const string BottomUp = "BOTTOM-UP";
    private const string TopDown = "TOP-DOWN";

    public static bool AreTopDown(FitsHeader header) => RowOrder(header) == TopDown;

    /// <summary>The pattern of the picture in memory, top row first; null for a picture that is no mosaic.</summary>
    public static BayerPattern? ReadBayer(FitsHeader header, int height)
    {
        if (header.Text("BAYERPAT", "COLORTYP") is not { } text || !Enum.TryParse<BayerPattern>(text, ignoreCase: true, out var pattern) || !Enum.IsDefined(pattern))
            return null;
        if (IsOdd(header.Number("XBAYROFF")))
            pattern = pattern.FlippedHorizontally();
        if (IsOdd(header.Number("YBAYROFF")))
            pattern = pattern.FlippedVertically();
        var countsFromFirstStored = RowOrder(header) is null;
        // Turning an even number of rows upside down brings the other row of the 2×2 cell to the top; an odd number brings the same one.
        return countsFromFirstStored && height % 2 == 0 ? pattern.FlippedVertically() : pattern;
    }

    private static string? RowOrder(FitsHeader header) => header.Text("ROWORDER")?.ToUpperInvariant() is (BottomUp or TopDown) and var order ? order : null;

    private static bool IsOdd(double? offset) => offset is { } value && (long)value % 2 != 0;
}
