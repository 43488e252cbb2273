using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>Where a picture lies in the sky, J2000.</summary>
public sealed record AstrometryFacts
{
    public required double RaCenter { get; init; }

    public required double DecCenter { get; init; }

    /// <summary>Hours, minutes, seconds.</summary>
    public required string RaHms { get; init; }

    public required string DecDms { get; init; }

    /// <summary>Width and height through the middle.</summary>
    public required IReadOnlyList<double> FovDeg { get; init; }

    /// <summary>From the middle to the farthest corner.</summary>
    public required double RadiusDeg { get; init; }

    /// <summary>In the middle.</summary>
    public required double PixscaleArcsec { get; init; }

    /// <summary>The direction of up as one looks at the picture, from north through east.</summary>
    public required double OrientationDeg { get; init; }

    /// <summary><c>pos</c>: east is left of north, as in the sky; <c>neg</c>: mirrored.</summary>
    public required string Parity { get; init; }

    /// <summary>Degrees a pixel, as in wcs.fits.</summary>
    public required CdMatrix CdMatrix { get; init; }

    /// <summary>RA and Dec of the reference pixel.</summary>
    public required IReadOnlyList<double> Crval { get; init; }

    /// <summary>The reference pixel as FITS counts: from 1, from the bottom.</summary>
    public required IReadOnlyList<double> Crpix { get; init; }

    public SipTerms? Sip { get; init; }

    /// <summary>RA and Dec of the outer corners: top left, top right, bottom right, bottom left.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Corners { get; init; }

    /// <summary>The constellation in which the middle lies.</summary>
    public required string Constellation { get; init; }

    /// <summary>All that the picture shows a part of, the one with the largest part first.</summary>
    public required IReadOnlyList<string> Constellations { get; init; }

    /// <summary>Stars that lie where the catalogue has one.</summary>
    public required int MatchedStars { get; init; }

    public double? RmsArcsec { get; init; }

    public required string Solver { get; init; }

    public string? Index { get; init; }

    public double? LogOdds { get; init; }

    public required double SolveSeconds { get; init; }

    /// <summary>The objects as callers of astro_extract know them.</summary>
    public IReadOnlyList<NamedObject>? Objects { get; init; }

    internal static AstrometryFacts Of(SkyView view, PlateSolution solution, SolveReport report, CatalogueMatch match)
    {
        var (ra, dec) = view.Centre.ToSexagesimal();
        var (xx, xy, yx, yy) = view.Wcs.CdMatrix;
        var (width, height) = view.Size;
        return new AstrometryFacts
        {
            RaCenter = view.Centre.RaDeg,
            DecCenter = view.Centre.DecDeg,
            RaHms = ra,
            DecDms = dec,
            FovDeg = [width, height],
            RadiusDeg = view.RadiusDeg,
            PixscaleArcsec = view.ScaleArcsecPerPixel,
            OrientationDeg = view.OrientationDeg,
            Parity = view.Wcs.Mirrored ? "neg" : "pos",
            CdMatrix = new CdMatrix(xx, xy, yx, yy),
            Crval = [view.Wcs.Tangent.RaDeg, view.Wcs.Tangent.DecDeg],
            Crpix = [view.Wcs.TangentX + 1, view.Height - view.Wcs.TangentY],
            Sip = view.Wcs.Distortion is { } sip ? SipTerms.Of(sip) : null,
            Corners = [.. SkyView.Corners(view.Wcs, view.Width, view.Height).Select(corner => (IReadOnlyList<double>)[corner.RaDeg, corner.DecDeg])],
            Constellation = Sky.Catalogues.Constellation.At(view.Centre).Name,
            Constellations = FieldObjects.Constellations(view),
            MatchedStars = match.Count,
            RmsArcsec = match.RmsArcsec,
            Solver = report.Solver,
            Index = solution.Index,
            LogOdds = solution.LogOdds,
            SolveSeconds = report.Seconds,
        };
    }
}
