namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Where a point of one frame lies on another: x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1).
/// Shift, similarity and affine maps have g = h = 0. Pixel centres have whole coordinates.
/// </summary>
public readonly record struct PixelMap(double A, double B, double C, double D, double E, double F, double G = 0, double H = 0)
{
    public static PixelMap Identity { get; } = new(1, 0, 0, 0, 1, 0);

    public bool IsAffine => G == 0 && H == 0;

    /// <summary>The other frame was seen in a mirror (a star diagonal, a flipped file).</summary>
    public bool IsMirrored => (A * E) - (B * D) < 0;

    /// <summary>Length of one pixel on the other frame: √|determinant|.</summary>
    public double Scale => Math.Sqrt(Math.Abs((A * E) - (B * D)));

    /// <summary>How far the x axis is turned from +x towards +y (clockwise on the screen), −180 … 180.</summary>
    public double RotationDegrees => Math.Atan2(D, A) * 180 / Math.PI;

    public (double X, double Y) Map(double x, double y)
    {
        var w = 1 / ((G * x) + (H * y) + 1);
        return (((A * x) + (B * y) + C) * w, ((D * x) + (E * y) + F) * w);
    }

    /// <exception cref="InvalidOperationException">The map is flat and has no inverse.</exception>
    public PixelMap Inverse()
    {
        // The adjugate of [[A B C][D E F][G H 1]], scaled so that its last element is 1.
        var last = (A * E) - (B * D);
        if (last == 0)
            throw new InvalidOperationException("A map onto a line has no inverse.");
        return new PixelMap(
            (E - (F * H)) / last,
            ((C * H) - B) / last,
            ((B * F) - (C * E)) / last,
            ((F * G) - D) / last,
            (A - (C * G)) / last,
            ((C * D) - (A * F)) / last,
            ((D * H) - (E * G)) / last,
            ((B * G) - (A * H)) / last);
    }

    /// <summary>This map, then <paramref name="after"/>.</summary>
    public PixelMap Then(PixelMap after)
    {
        // The product of the matrices [[A B C][D E F][G H 1]], scaled so that its last element is 1.
        var last = (after.G * C) + (after.H * F) + 1;
        return new PixelMap(
            ((after.A * A) + (after.B * D) + (after.C * G)) / last,
            ((after.A * B) + (after.B * E) + (after.C * H)) / last,
            ((after.A * C) + (after.B * F) + after.C) / last,
            ((after.D * A) + (after.E * D) + (after.F * G)) / last,
            ((after.D * B) + (after.E * E) + (after.F * H)) / last,
            ((after.D * C) + (after.E * F) + after.F) / last,
            ((after.G * A) + (after.H * D) + G) / last,
            ((after.G * B) + (after.H * E) + H) / last);
    }

    /// <summary>x' + i y' = (p + i q)(x ± i y) + (u + i v); minus for a mirrored map.</summary>
    public static PixelMap Similarity(double p, double q, double u, double v, bool mirrored) =>
        mirrored ? new PixelMap(p, q, u, q, -p, v) : new PixelMap(p, -q, u, q, p, v);
}
