namespace AstroJobs.Kinds.Sky;

/// <summary>
/// Where each pixel looks: the gnomonic (TAN) projection around one point of the sky, then a linear map to pixels, then perhaps the lens's
/// distortion. Pixels as in <see cref="Imaging.Frame"/>: (0, 0) is the centre of the top left one, y grows downwards.
/// Source: Calabretta &amp; Greisen 2002, A&amp;A 395, 1077, §5.1.3.
/// </summary>
public sealed class Wcs
{
    private readonly double _sinDec0;
    private readonly double _cosDec0;

    // ξ (east) and η (north) in radians by pixel: the CD matrix, and its inverse.
    private readonly double _xiX, _xiY, _etaX, _etaY;
    private readonly double _xXi, _xEta, _yXi, _yEta;

    private Wcs(SkyPosition tangent, double tangentX, double tangentY, double xiX, double xiY, double etaX, double etaY, SipDistortion? distortion = null)
    {
        Distortion = distortion;
        (Tangent, TangentX, TangentY) = (tangent, tangentX, tangentY);
        (_sinDec0, _cosDec0) = Math.SinCos(double.DegreesToRadians(tangent.DecDeg));
        (_xiX, _xiY, _etaX, _etaY) = (xiX, xiY, etaX, etaY);
        var determinant = (xiX * etaY) - (xiY * etaX);
        (_xXi, _xEta, _yXi, _yEta) = (etaY / determinant, -xiY / determinant, -etaX / determinant, xiX / determinant);
    }

    /// <summary>Where the plane of the picture touches the sky.</summary>
    public SkyPosition Tangent { get; }

    /// <summary>The pixel that looks at <see cref="Tangent"/>.</summary>
    public double TangentX { get; }

    public double TangentY { get; }

    /// <summary>Null for a picture without.</summary>
    public SipDistortion? Distortion { get; }

    /// <summary>The linear map as FITS has it: degrees a pixel, y upwards; CD1_1, CD1_2, CD2_1, CD2_2.</summary>
    public (double Xx, double Xy, double Yx, double Yy) CdMatrix =>
        (double.RadiansToDegrees(_xiX), -double.RadiansToDegrees(_xiY), double.RadiansToDegrees(_etaX), -double.RadiansToDegrees(_etaY));

    /// <summary>Size of a pixel at the tangent point.</summary>
    public double ScaleArcsecPerPixel =>
        3600 * double.RadiansToDegrees(Math.Sqrt(Math.Abs((_xiX * _etaY) - (_xiY * _etaX))));

    /// <summary>The direction of up at the tangent point, degrees from north through east, −180 … 180.</summary>
    public double UpDegEastOfNorth => double.RadiansToDegrees(Math.Atan2(-_xiY, -_etaY));

    /// <summary>True when east is to the right of north, as in a picture seen in a mirror.</summary>
    public bool Mirrored => (_xiX * _etaY) - (_xiY * _etaX) < 0;

    /// <param name="tangentX">The pixel that looks at <paramref name="tangent"/>.</param>
    /// <param name="upDegEastOfNorth">Direction of up: 0 is north, 90 east.</param>
    public static Wcs Looking(
        SkyPosition tangent, double tangentX, double tangentY, double scaleArcsecPerPixel, double upDegEastOfNorth = 0, bool mirrored = false)
    {
        var scale = double.DegreesToRadians(scaleArcsecPerPixel / 3600);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(upDegEastOfNorth));
        var toTheRight = mirrored ? -1 : 1; // seen from inside the sphere west is right of north
        return new Wcs(tangent, tangentX, tangentY, -scale * cos * toTheRight, -scale * sin, scale * sin * toTheRight, -scale * cos);
    }

    /// <param name="cd">The linear map as FITS has it: degrees a pixel, y upwards; CD1_1, CD1_2, CD2_1, CD2_2.</param>
    /// <exception cref="ArgumentException">It maps the picture to a line.</exception>
    public static Wcs FromCdMatrix(
        SkyPosition tangent, double tangentX, double tangentY, (double Xx, double Xy, double Yx, double Yy) cd, SipDistortion? distortion = null)
    {
        if (Math.Abs((cd.Xx * cd.Yy) - (cd.Xy * cd.Yx)) is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentException("This CD matrix is singular.", nameof(cd));
        return new Wcs(
            tangent,
            tangentX,
            tangentY,
            double.DegreesToRadians(cd.Xx),
            -double.DegreesToRadians(cd.Xy),
            double.DegreesToRadians(cd.Yx),
            -double.DegreesToRadians(cd.Yy),
            distortion);
    }

    /// <summary>The direction of up at a pixel, degrees from north through east, −180 … 180.</summary>
    public double UpAt(double x, double y)
    {
        var (here, above) = (ToSky(x, y), ToSky(x, y - 0.5));
        return here.PositionAngleDeg(above);
    }

    /// <summary>The side of the square that has the area of a pixel at that place, arcseconds.</summary>
    public double ScaleAt(double x, double y)
    {
        var across = ToSky(x - 0.5, y).SeparationDeg(ToSky(x + 0.5, y));
        var down = ToSky(x, y - 0.5).SeparationDeg(ToSky(x, y + 0.5));
        return 3600 * Math.Sqrt(across * down);
    }

    /// <summary>For a picture without distortion: the same sky after every star has gone from its pixel (x, y) to <paramref name="pose"/> of it.</summary>
    public Wcs Moved(PixelPose pose)
    {
        var (x, y) = pose.Apply(TangentX, TangentY);
        // The pixel offset after the move is R·(offset before); the CD matrix takes R⁻¹ first.
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(pose.RotationDeg));
        return new Wcs(
            Tangent, x, y, (_xiX * cos) - (_xiY * sin), (_xiX * sin) + (_xiY * cos), (_etaX * cos) - (_etaY * sin), (_etaX * sin) + (_etaY * cos));
    }

    /// <summary>The pixel that looks at a point of the sky; false when that lies a right angle or more from the tangent point.</summary>
    public bool TryToPixel(SkyPosition position, out double x, out double y)
    {
        var (sinDec, cosDec) = Math.SinCos(double.DegreesToRadians(position.DecDeg));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(position.RaDeg - Tangent.RaDeg));
        var forward = (sinDec * _sinDec0) + (cosDec * _cosDec0 * cosRa);
        (x, y) = (double.NaN, double.NaN);
        if (forward <= 1e-6)
            return false;
        var xi = cosDec * sinRa / forward;
        var eta = ((sinDec * _cosDec0) - (cosDec * _sinDec0 * cosRa)) / forward;
        var (dx, dy) = ((_xXi * xi) + (_xEta * eta), (_yXi * xi) + (_yEta * eta));
        if (Distortion is not null)
            (dx, dy) = Distortion.Apply(dx, dy);
        (x, y) = (TangentX + dx, TangentY + dy);
        return true;
    }

    /// <summary>The point of the sky that a pixel looks at; RA is 0 … 360.</summary>
    public SkyPosition ToSky(double x, double y)
    {
        var (dx, dy) = (x - TangentX, y - TangentY);
        if (Distortion is not null)
            (dx, dy) = Distortion.Remove(dx, dy);
        var xi = (_xiX * dx) + (_xiY * dy);
        var eta = (_etaX * dx) + (_etaY * dy);
        var towardsPole = _cosDec0 - (eta * _sinDec0);
        var ra = Tangent.RaDeg + double.RadiansToDegrees(Math.Atan2(xi, towardsPole));
        var dec = Math.Atan2(_sinDec0 + (eta * _cosDec0), Math.Sqrt((xi * xi) + (towardsPole * towardsPole)));
        return new SkyPosition(ra - (360 * Math.Floor(ra / 360)), double.RadiansToDegrees(dec));
    }
}
