using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Registration;

/// <summary>
/// A camera with a lens that bends, looking at a sphere of stars: a ray at angle θ from the axis falls at f·tan θ·(1 + k·(tan θ)²) from the middle.
/// It is the truth that a polynomial has to come near to, and no polynomial of the picture itself.
/// </summary>
internal sealed class MadeLens(int width, int height, double focal, double k)
{
    private readonly double _x = (width - 1) / 2.0;
    private readonly double _y = (height - 1) / 2.0;

    /// <summary>Where a direction falls, once the sky has turned about an axis not far from the middle of the picture; null far outside.</summary>
    public (double X, double Y)? Project((double X, double Y, double Z) star, double turn, double poleY = 0.6)
    {
        var (x, y, z) = Turned(star, turn, poleY);
        if (z <= 0.6)
            return null; // far outside the picture, where the formula would fold the sky back into it
        var (u, v) = (x / z, y / z);
        var bend = 1 + (k * ((u * u) + (v * v)));
        return (_x + (focal * u * bend), _y + (focal * v * bend));
    }

    /// <summary>What is seen after the sky has turned, each star with an error of its own.</summary>
    public StarField See(IReadOnlyList<((double X, double Y, double Z) Place, double Flux)> sky, double turn, double error, int seed)
    {
        var random = new Random(seed);
        var stars = new List<Star>();
        foreach (var (place, flux) in sky)
        {
            if (Project(place, turn) is not var (x, y) || x < 0 || y < 0 || x > width - 1 || y > height - 1)
                continue;
            stars.Add(new Star(x + (error * Normal(random)), y + (error * Normal(random)), flux, flux, 3, 0, false, error));
        }
        return new StarField(width, height, [.. stars.OrderByDescending(star => star.Flux)], 0.1, 0.005, 1);
    }

    public static List<((double X, double Y, double Z) Place, double Flux)> Sky(int seed, int stars)
    {
        var random = new Random(seed);
        var sky = new List<((double, double, double), double)>();
        for (var i = 0; i < stars; i++)
        {
            double x = Normal(random), y = Normal(random), z = Normal(random);
            var length = Math.Sqrt((x * x) + (y * y) + (z * z));
            sky.Add(((x / length, y / length, z / length), Math.Pow(1 - random.NextDouble(), -1 / 1.5)));
        }
        return sky;
    }

    private static (double X, double Y, double Z) Turned((double X, double Y, double Z) p, double angle, double poleY)
    {
        // Rodrigues: about a unit axis in the plane of y and z.
        var (ay, az) = (poleY, Math.Sqrt(1 - (poleY * poleY)));
        var (sine, cosine) = Math.SinCos(angle);
        var along = ((p.Y * ay) + (p.Z * az)) * (1 - cosine);
        return ((p.X * cosine) + (((ay * p.Z) - (az * p.Y)) * sine), (p.Y * cosine) + (az * p.X * sine) + (ay * along), (p.Z * cosine) - (ay * p.X * sine) + (az * along));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
