namespace AstroJobs.Imaging.Formats;

/// <summary>The world coordinates of a FITS header to a <see cref="SkyPlane"/> and back. With the distortion of SIP; projections with another (TPV, TNX, ZPX) are passed over: they would be wrong without it.</summary>
internal static class FitsSky
{
    private const string Sip = "-SIP";
    private const int HighestOrder = 9;

    /// <param name="height">Rows of the picture.</param>
    /// <param name="isTopDown">The first row stored is the top one.</param>
    public static SkyPlane? Read(FitsHeader header, int height, bool isTopDown)
    {
        if (Type(header, "CTYPE1") is not { } first || Type(header, "CTYPE2") is not { } second
            || !first.StartsWith("RA---", StringComparison.Ordinal) || !second.StartsWith("DEC--", StringComparison.Ordinal) || first[5..] != second[5..]
            || first[5..] is "TPV" or "TNX" or "ZPX"
            || header.Number("CRPIX1") is not { } x || header.Number("CRPIX2") is not { } y
            || header.Number("CRVAL1") is not { } ra || header.Number("CRVAL2") is not { } dec
            || Matrix(header) is not var (xx, xy, yx, yy))
            return null;
        var distortion = Distortion(header);
        // Counted from 1, from the first row stored.
        return isTopDown
            ? new SkyPlane(first[5..], x - 1, y - 1, ra, dec, xx, xy, yx, yy) { Distortion = distortion?.Flipped() }
            : new SkyPlane(first[5..], x - 1, height - y, ra, dec, xx, -xy, yx, -yy) { Distortion = distortion };
    }

    /// <summary>The projection of a header that says where the picture lies in a way that is not read; null where it says nothing, or is read.</summary>
    public static string? Unread(FitsHeader header, SkyPlane? read) => read is null && header.Text("CTYPE1") is { } type && header.Has("CRVAL1") ? type : null;

    /// <summary>Of a file whose first row stored is the bottom one.</summary>
    public static IEnumerable<string> Write(SkyPlane sky, int height) =>
    [
        FitsCard.Text("CTYPE1", $"RA---{sky.Projection}{(sky.Distortion is null ? "" : Sip)}", "first axis and projection"),
        FitsCard.Text("CTYPE2", $"DEC--{sky.Projection}{(sky.Distortion is null ? "" : Sip)}", "second axis and projection"),
        FitsCard.Number("CRPIX1", sky.X + 1, "column of the reference point"),
        FitsCard.Number("CRPIX2", height - sky.Y, "row of the reference point"),
        FitsCard.Number("CRVAL1", sky.RaDeg, "[deg] right ascension there"),
        FitsCard.Number("CRVAL2", sky.DecDeg, "[deg] declination there"),
        FitsCard.Number("CD1_1", sky.Xx, "[deg] a column, first axis"),
        FitsCard.Number("CD1_2", -sky.Xy, "[deg] a row, first axis"),
        FitsCard.Number("CD2_1", sky.Yx, "[deg] a column, second axis"),
        FitsCard.Number("CD2_2", -sky.Yy, "[deg] a row, second axis"),
        .. sky.Distortion is { } distortion ? Write(distortion) : [],
    ];

    private static IEnumerable<string> Write(SkyDistortion distortion)
    {
        foreach (var family in distortion.Terms.GroupBy(term => term.Family))
        {
            yield return FitsCard.Number($"{family.Key}_ORDER", family.Max(term => term.I + term.J), "order of the distortion");
            foreach (var term in family)
                yield return FitsCard.Number(term.Keyword, term.Value, "distortion");
        }
    }

    /// <summary>The type of an axis without its distortion; null where it has another length than the standard's.</summary>
    private static string? Type(FitsHeader header, string keyword) =>
        header.Text(keyword) is { } type && (type.EndsWith(Sip, StringComparison.Ordinal) ? type[..^Sip.Length] : type) is { Length: 8 } plain ? plain : null;

    private static SkyDistortion? Distortion(FitsHeader header)
    {
        if (header.Text("CTYPE1")?.EndsWith(Sip, StringComparison.Ordinal) != true)
            return null;
        var terms = new List<SkyDistortionTerm>();
        foreach (var (axis, isInverse) in new[] { ('A', false), ('B', false), ('A', true), ('B', true) })
        {
            for (var i = 0; i <= HighestOrder; i++)
            {
                for (var j = 0; i + j <= HighestOrder; j++)
                {
                    var term = new SkyDistortionTerm(axis, isInverse, i, j, 0);
                    if (header.Number(term.Keyword) is { } value and not 0)
                        terms.Add(term with { Value = value });
                }
            }
        }
        return terms.Count > 0 ? new SkyDistortion(terms) : null;
    }

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
