namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Where a point of a frame lies on the reference, and back: the frame is straightened (<paramref name="Bend"/>), then moved as a plane
/// (<paramref name="Plane"/>). Pixel centres have whole coordinates.
/// </summary>
/// <param name="Plane">Straightened frame pixels to reference pixels.</param>
/// <param name="Bend">What the lens did; null for nothing.</param>
/// <param name="Model">Which differences were looked for; never auto.</param>
public sealed record FrameMap(PixelMap Plane, LensBend? Bend, TransformModel Model)
{
    private readonly PixelMap _back = Plane.Inverse();

    public static FrameMap Identity { get; } = new(PixelMap.Identity, null, TransformModel.Shift);

    /// <summary>No pixel is moved.</summary>
    public bool IsIdentity => Bend is null && Plane == PixelMap.Identity;

    /// <summary>Reference pixels to frame pixels are six numbers.</summary>
    public bool IsAffine => Bend is null && Plane.IsAffine;

    /// <summary>Reference pixels to straightened frame pixels; all of the way back where nothing is bent.</summary>
    public PixelMap PlaneBack => _back;

    public static FrameMap Of(PixelMap plane, TransformModel model) => new(plane, null, model);

    public (double X, double Y) ToReference(double x, double y)
    {
        if (Bend is not null)
            (x, y) = Bend.Straighten(x, y);
        return Plane.Map(x, y);
    }

    public (double X, double Y) ToFrame(double x, double y)
    {
        (x, y) = _back.Map(x, y);
        return Bend is null ? (x, y) : Bend.BendBack(x, y, x, y);
    }

    /// <summary>The same followed by <paramref name="after"/>, an affine map of the reference.</summary>
    public FrameMap Then(PixelMap after) => this with { Plane = Plane.Then(after) };

    /// <summary>The plane map that does the same close to a point of the frame.</summary>
    public PixelMap Near(double x, double y)
    {
        const double step = 0.5;
        var (cx, cy) = ToReference(x, y);
        var ((lx, ly), (rx, ry)) = (ToReference(x - step, y), ToReference(x + step, y));
        var ((ux, uy), (dx, dy)) = (ToReference(x, y - step), ToReference(x, y + step));
        var (a, b, d, e) = (rx - lx, dx - ux, ry - ly, dy - uy);
        return new PixelMap(a, b, cx - (a * x) - (b * y), d, e, cy - (d * x) - (e * y));
    }

    public bool Equals(FrameMap? other) => other is not null && Plane == other.Plane && Equals(Bend, other.Bend) && Model == other.Model;

    public override int GetHashCode() => HashCode.Combine(Plane, Bend, Model);
}
