using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Calibration;

/// <summary>
/// The factor of a dark current that leaves a light the least noise. With l and d the differences of pixels two apart in a row of the light and of the
/// dark, which drops sky and gradients, it is the median of l/d where d is far above the noise of the dark: warm pixels tell it, and neither a star nor
/// a hot pixel that does not grow with time outvotes them. A dark without warm pixels is fitted by least squares, k = Σ l·d / Σ d², a difference that
/// is large in the light alone left out.
/// </summary>
internal static class DarkFit
{
    private const int Rounds = 4;
    private const float Sigmas = 5;
    private const double Greatest = 4;
    private const int FewestWarm = 100;

    public static double Factor(ReadOnlySpan<float> light, ReadOnlySpan<float> dark)
    {
        var darkLimit = Sigmas * Sigma(dark);
        return MedianRatio(light, dark, darkLimit) ?? LeastSquares(light, dark, darkLimit);
    }

    private static double? MedianRatio(ReadOnlySpan<float> light, ReadOnlySpan<float> dark, float darkLimit)
    {
        var ratios = new List<float>();
        for (var i = 0; i < light.Length; i++)
        {
            if (Math.Abs(dark[i]) > darkLimit)
                ratios.Add(light[i] / dark[i]);
        }
        if (ratios.Count < FewestWarm)
            return null;
        ratios.Sort();
        return Math.Clamp(ratios[ratios.Count / 2], 0, Greatest);
    }

    private static double LeastSquares(ReadOnlySpan<float> light, ReadOnlySpan<float> dark, float darkLimit)
    {
        var (factor, limit) = (0.0, Sigmas * Sigma(light));
        for (var round = 0; round < Rounds; round++)
        {
            var (cross, square) = (0.0, 0.0);
            for (var i = 0; i < light.Length; i++)
            {
                if (Math.Abs(light[i] - (factor * dark[i])) > limit && Math.Abs(dark[i]) < darkLimit)
                    continue;
                cross += (double)light[i] * dark[i];
                square += (double)dark[i] * dark[i];
            }
            factor = square > 0 ? Math.Clamp(cross / square, 0, Greatest) : 1;
        }
        return factor;
    }

    private static float Sigma(ReadOnlySpan<float> differences)
    {
        var sizes = new float[differences.Length];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(differences[i]);
        Array.Sort(sizes);
        return sizes.Length == 0 ? 0 : (float)Mad.ToSigma * sizes[sizes.Length / 2];
    }
}
