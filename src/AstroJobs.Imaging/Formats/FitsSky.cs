namespace AstroJobs.Imaging.Formats;

/// <summary>The world coordinates of a FITS header to a <see cref="SkyPlane"/> and back. Those with a distortion (SIP, TPV) are passed over: they would be wrong without it.</summary>
internal static class FitsSky
{
    /// <param name="height">Rows of the picture.</param>
    /// <param name="isTopDown">The first row stored is the top one.</param>
    public static SkyPlane? Read(FitsHeader header, int height, bool isTopDown)
    {
        if (header.Text("CTYPE1") is not { Length: 8 } first || header.Text("CTYPE2") is not { Length: 8 } second
            || !first.StartsWith("RA---", StringComparison.Ordinal) || !second.StartsWith("DEC--", StringComparison.Ordinal) || first[5..] != second[5..]
            || first[5..] is "TPV" or "TNX" or "ZPX"
            || header.Number("CRPIX1") is not { } x || header.Number("CRPIX2") is not { } y
            || header.Number("CRVAL1") is not { } ra || header.Number("CRVAL2") is not { } dec
            || Matrix(header) is not var (xx, xy, yx, yy))
            return null;
        // Counted from 1, from the first row stored.
        return isTopDown
            ? new SkyPlane(first[5..], x - 1, y - 1, ra, dec, xx, xy, yx, yy)
            : new SkyPlane(first[5..], x - 1, height - y, ra, dec, xx, -xy, yx, -yy);
    }

    /// <summary>Of a file whose first row stored is the bottom one.</summary>
    public static IEnumerable<string> Write(SkyPlane sky, int height) =>
    [
        FitsCard.Text("CTYPE1", $"RA---{sky.Projection}", "first axis and projection"),
        FitsCard.Text("CTYPE2", $"DEC--{sky.Projection}", "second axis and projection"),
        FitsCard.Number("CRPIX1", sky.X + 1, "column of the reference point"),
        FitsCard.Number("CRPIX2", height - sky.Y, "row of the reference point"),
        FitsCard.Number("CRVAL1", sky.RaDeg, "[deg] right ascension there"),
        FitsCard.Number("CRVAL2", sky.DecDeg, "[deg] declination there"),
        FitsCard.Number("CD1_1", sky.Xx, "[deg] a column, first axis"),
        FitsCard.Number("CD1_2", -sky.Xy, "[deg] a row, first axis"),
        FitsCard.Number("CD2_1", sky.Yx, "[deg] a column, second axis"),
        FitsCard.Number("CD2_2", -sky.Yy, "[deg] a row, second axis"),
    ];

    private static (double Xx, double Xy, double Yx, double Yy)? Matrix(FitsHeader header)
    {
        if (header.Number("CD1_1") is { } xx && header.Number("CD2_2") is { } yy)
            return (xx, header.Number("CD1_2") ?? 0, header.Number("CD2_1") ?? 0, yy);
        if (header.Number("CDELT1") is not { } across || header.Number("CDELT2") is not { } up)
            return null;
        if (header.Has("PC1_1") || header.Has("PC1_2") || header.Has("PC2_1") || header.Has("PC2_2"))
            return (across * (header.Number("PC1_1") ?? 1), across * (header.Number("PC1_2") ?? 0), up * (header.Number("PC2_1") ?? 0), up * (header.Number("PC2_2") ?? 1));
        // AIPS's older way: the second axis is turned by CROTA2.
        var (sine, cosine) = Math.SinCos((header.Number("CROTA2") ?? 0) * Math.PI / 180);
        return (across * cosine, -up * sine, across * sine, up * cosine);
    }
}
