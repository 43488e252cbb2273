namespace AstroJobs.Kinds.Sky;

/// <summary>
/// What a lens does to a picture beyond a linear map, as two polynomials of the offset from the tangent point (u to the right, v upwards, pixels):
/// undistorted = (u + Σ A_pq uᵖ v^q, v + Σ B_pq uᵖ v^q). Source: Shupe et al. 2005, ASPC 347, 491.
/// </summary>
/// <param name="A">By the powers of u and v; only those with p + q ≤ <paramref name="Order"/> count.</param>
/// <param name="Reach">Pixels from the tangent point to which the polynomials hold; beyond it the picture is taken as undistorted.</param>
public sealed record SipDistortion(int Order, double[,] A, double[,] B, double Reach)
{
    private const int MaxIterations = 30;
    private const double Enough = 1e-6; // pixels

    /// <summary>From an offset in the picture (y downwards) to where it would be without distortion.</summary>
    public (double X, double Y) Remove(double dx, double dy)
    {
        if ((dx * dx) + (dy * dy) > Reach * Reach)
            return (dx, dy);
        var (f, g) = Shift(dx, -dy);
        return (dx + f, dy - g);
    }

    /// <summary>The inverse of <see cref="Remove"/>.</summary>
    public (double X, double Y) Apply(double dx, double dy)
    {
        if ((dx * dx) + (dy * dy) > Reach * Reach)
            return (dx, dy);
        var (x, y) = (dx, dy);
        for (var i = 0; i < MaxIterations; i++)
        {
            var (f, g) = Shift(x, -y);
            var (nextX, nextY) = (dx - f, dy + g);
            var moved = Math.Abs(nextX - x) + Math.Abs(nextY - y);
            (x, y) = (nextX, nextY);
            if (moved < Enough)
                return (x, y);
        }
        return (x * x) + (y * y) < 4 * Reach * Reach ? (x, y) : (dx, dy); // where the polynomials fold there is no inverse
    }

    private (double F, double G) Shift(double u, double v)
    {
        double f = 0, g = 0, up = 1;
        for (var p = 0; p <= Order; p++)
        {
            var power = up;
            for (var q = 0; p + q <= Order; q++)
            {
                f += A[p, q] * power;
                g += B[p, q] * power;
                power *= v;
            }
            up *= u;
        }
        return (f, g);
    }
}
