namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Where a point of a frame lies on the reference, and back: the frame is straightened (<see cref="Bend"/>), then moved as a plane
/// (<see cref="Plane"/>). Pixel centres have whole coordinates.
/// </summary>
/// <param name="plane">Straightened frame pixels to reference pixels.</param>
/// <param name="bend">What the lens did; null for nothing.</param>
/// <param name="model">Which differences were looked for; never auto.</param>
public sealed class FrameMap(PixelMap plane, LensBend? bend, TransformModel model)
{
    public PixelMap Plane { get; } = plane;

    public LensBend? Bend { get; } = bend;

    public TransformModel Model { get; } = model;

    public static FrameMap Identity { get; } = new(PixelMap.Identity, null, TransformModel.Shift);

    /// <summary>No pixel is moved.</summary>
    public bool IsIdentity => Bend is null && Plane == PixelMap.Identity;

    /// <summary>Reference pixels to frame pixels are six numbers.</summary>
    public bool IsAffine => Bend is null && Plane.IsAffine;

    /// <summary>Reference pixels to straightened frame pixels; all of the way back where nothing is bent.</summary>
    public PixelMap PlaneBack { get; } = plane.Inverse();

    public static FrameMap Of(PixelMap plane, TransformModel model) => new(plane, null, model);

    public (double X, double Y) ToReference(double x, double y)
    {
        if (Bend is not null)
            (x, y) = Bend.Straighten(x, y);
        return Plane.Map(x, y);
    }

    public (double X, double Y) ToFrame(double x, double y)
    {
        (x, y) = PlaneBack.Map(x, y);
        return Bend is null ? (x, y) : Bend.BendBack(x, y, x, y);
    }

    /// <summary>The same followed by <paramref name="after"/>, an affine map of the reference.</summary>
    public FrameMap Then(PixelMap after) => new(Plane.Then(after), Bend, Model);

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
}
