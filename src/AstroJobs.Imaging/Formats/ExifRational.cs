namespace AstroJobs.Imaging.Formats;

/// <summary>A positive number as the quotient of two 32-bit integers, as short as holds it: 1/250, 28/10, 60/1.</summary>
internal static class ExifRational
{
    private const double Tolerance = 1e-9; // relative: far below what a shutter or a lens keeps

    /// <summary>The first convergent of the continued fraction within the tolerance.</summary>
    public static (uint Numerator, uint Denominator) From(double value)
    {
        var (numerator, lastNumerator, denominator, lastDenominator) = (1.0, 0.0, 0.0, 1.0);
        for (var rest = value; ; rest = 1 / (rest - Math.Floor(rest)))
        {
            var digit = Math.Floor(rest);
            var nextNumerator = (digit * numerator) + lastNumerator;
            var nextDenominator = (digit * denominator) + lastDenominator;
            if (nextNumerator > uint.MaxValue || nextDenominator > uint.MaxValue)
                return ((uint)numerator, (uint)denominator);
            (lastNumerator, numerator, lastDenominator, denominator) = (numerator, nextNumerator, denominator, nextDenominator);
            if (Math.Abs((numerator / denominator) - value) <= Tolerance * value)
                return ((uint)numerator, (uint)denominator);
        }
    }
}
