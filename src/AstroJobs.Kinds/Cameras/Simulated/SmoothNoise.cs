namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>A smooth random surface: random heights 0 … 1 at the whole coordinates, an S-curve between them.</summary>
internal static class SmoothNoise
{
    public static double At(double x, double y, ulong seed)
    {
        var (column, row) = (Math.Floor(x), Math.Floor(y));
        var (u, v) = (SCurve(x - column), SCurve(y - row));
        var upper = Between(Corner(column, row, seed), Corner(column + 1, row, seed), u);
        var lower = Between(Corner(column, row + 1, seed), Corner(column + 1, row + 1, seed), u);
        return Between(upper, lower, v);
    }

    /// <summary>Octaves of half the size and half the height each, 0 … 1.</summary>
    public static double Octaves(double x, double y, ulong seed, int octaves)
    {
        var (sum, all) = (0.0, 0.0);
        for (var (octave, height) = (0, 1.0); octave < octaves; octave++, height /= 2)
        {
            sum += height * At(x * (1 << octave), y * (1 << octave), seed + (ulong)octave);
            all += height;
        }
        return sum / all;
    }

    /// <summary>From 0 to 1 without a corner at either end.</summary>
    public static double SCurve(double t) => t * t * (3 - (2 * t));

    private static double Corner(double column, double row, ulong seed) => new RandomStream(seed, (long)column, (long)row).NextUniform();

    private static double Between(double a, double b, double t) => a + ((b - a) * t);
}
