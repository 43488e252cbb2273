using System.Globalization;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Kinds.Sky;

/// <summary>
/// A <see cref="Wcs"/> as FITS keywords and back. FITS counts pixels from 1 at the centre of the first one stored, and pictures are stored bottom-up here:
/// x = X + 1, y = height − Y.
/// </summary>
public static class WcsHeader
{
    private const double ReachMargin = 1.05; // the corners and a little more

    /// <summary>Null when the keywords name no gnomonic projection.</summary>
    /// <param name="height">Of the picture that the keywords describe.</param>
    public static Wcs? TryRead(FitsHeader header, int width, int height)
    {
        if (header.Text("CTYPE1")?.StartsWith("RA---TAN", StringComparison.Ordinal) != true
            || header.Number("CRVAL1") is not { } ra || header.Number("CRVAL2") is not { } dec
            || header.Number("CRPIX1") is not { } x || header.Number("CRPIX2") is not { } y
            || header.Number("CD1_1") is not { } xx || header.Number("CD2_2") is not { } yy)
            return null;
        var cd = (xx, header.Number("CD1_2") ?? 0, header.Number("CD2_1") ?? 0, yy);
        if ((cd.Item1 * cd.Item4) - (cd.Item2 * cd.Item3) == 0)
            return null;
        var (tangentX, tangentY) = (x - 1, height - y);
        return Wcs.FromCdMatrix(new SkyPosition(ra, dec), tangentX, tangentY, cd, ReadDistortion(header, Reach(tangentX, tangentY, width, height)));
    }

    public static IEnumerable<FitsKeyword> Keywords(Wcs wcs, int width, int height)
    {
        var suffix = wcs.Distortion is null ? "" : "-SIP";
        var (xx, xy, yx, yy) = wcs.CdMatrix;
        yield return new FitsKeyword("WCSAXES", 2);
        yield return new FitsKeyword("CTYPE1", "RA---TAN" + suffix, "gnomonic projection");
        yield return new FitsKeyword("CTYPE2", "DEC--TAN" + suffix, "gnomonic projection");
        yield return new FitsKeyword("CUNIT1", "deg");
        yield return new FitsKeyword("CUNIT2", "deg");
        yield return new FitsKeyword("EQUINOX", 2000.0);
        yield return new FitsKeyword("RADESYS", "ICRS");
        yield return new FitsKeyword("CRVAL1", wcs.Tangent.RaDeg, "[deg] RA of the reference pixel");
        yield return new FitsKeyword("CRVAL2", wcs.Tangent.DecDeg, "[deg] Dec of the reference pixel");
        yield return new FitsKeyword("CRPIX1", wcs.TangentX + 1, "reference pixel, from 1");
        yield return new FitsKeyword("CRPIX2", height - wcs.TangentY, "reference pixel, from 1 at the bottom");
        yield return new FitsKeyword("CD1_1", xx);
        yield return new FitsKeyword("CD1_2", xy);
        yield return new FitsKeyword("CD2_1", yx);
        yield return new FitsKeyword("CD2_2", yy);
        yield return new FitsKeyword("IMAGEW", width, "width of the picture");
        yield return new FitsKeyword("IMAGEH", height, "height of the picture");
        if (wcs.Distortion is not { } sip)
            yield break;
        var back = SipInverse.Fit(sip, wcs.TangentX, wcs.TangentY, width, height);
        foreach (var (letter, order, terms) in ((string, int, double[,])[])[("A", sip.Order, sip.A), ("B", sip.Order, sip.B), ("AP", back.Order, back.Ap), ("BP", back.Order, back.Bp)])
        {
            foreach (var keyword in Polynomial(letter, order, terms))
                yield return keyword;
        }
    }

    /// <summary>The terms that are not 0, by their FITS names.</summary>
    public static IEnumerable<(string Name, double Value)> Terms(string letter, int order, double[,] terms)
    {
        for (var p = 0; p <= order; p++)
        {
            for (var q = 0; p + q <= order; q++)
            {
                if (terms[p, q] != 0)
                    yield return (string.Create(CultureInfo.InvariantCulture, $"{letter}_{p}_{q}"), terms[p, q]);
            }
        }
    }

    private static IEnumerable<FitsKeyword> Polynomial(string letter, int order, double[,] terms) =>
        Terms(letter, order, terms).Select(term => new FitsKeyword(term.Name, term.Value)).Prepend(new FitsKeyword(letter + "_ORDER", order));

    private static SipDistortion? ReadDistortion(FitsHeader header, double reach)
    {
        if (header.Number("A_ORDER") is not (>= 2 and <= 9 and var order) || header.Number("B_ORDER") is not { } orderB)
            return null;
        var highest = (int)Math.Max(order, Math.Min(orderB, 9));
        var (a, b) = (new double[highest + 1, highest + 1], new double[highest + 1, highest + 1]);
        for (var p = 0; p <= highest; p++)
        {
            for (var q = 0; p + q <= highest; q++)
            {
                a[p, q] = header.Number(string.Create(CultureInfo.InvariantCulture, $"A_{p}_{q}")) ?? 0;
                b[p, q] = header.Number(string.Create(CultureInfo.InvariantCulture, $"B_{p}_{q}")) ?? 0;
            }
        }
        return new SipDistortion(highest, a, b, reach);
    }

    private static double Reach(double x, double y, int width, int height) =>
        ReachMargin * double.Hypot(Math.Max(x, width - x), Math.Max(y, height - y));
}
