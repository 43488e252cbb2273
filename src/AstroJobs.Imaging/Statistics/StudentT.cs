namespace AstroJobs.Imaging.Statistics;

/// <summary>Student's t distribution for whole degrees of freedom, by the finite sums of Abramowitz &amp; Stegun 26.7.3 and 26.7.4.</summary>
internal static class StudentT
{
    /// <summary>P(|T| ≤ t).</summary>
    public static double Within(double t, int degrees) => WithinAngle(Math.Atan(t / Math.Sqrt(degrees)), degrees);

    /// <summary>The t with P(|T| ≤ t) = <paramref name="probability"/>, which is 0 … 1, 1 excluded.</summary>
    public static double TwoSidedQuantile(double probability, int degrees)
    {
        var (low, high) = (0.0, Math.PI / 2);
        for (var round = 0; round < 60; round++) // halves the angle's interval to the last bit
        {
            var middle = (low + high) / 2;
            if (WithinAngle(middle, degrees) < probability)
                low = middle;
            else
                high = middle;
        }
        return Math.Sqrt(degrees) * Math.Tan(low);
    }

    private static double WithinAngle(double angle, int degrees)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = (degrees & 1) == 1;
        if (degrees == 1)
            return 2 * angle / Math.PI;
        var term = isOdd ? cosine : 1;
        var sum = term;
        for (var i = isOdd ? 3 : 2; i <= degrees - 2; i += 2)
        {
            term *= cosine * cosine * (i - 1) / i;
            sum += term;
        }
        return isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
