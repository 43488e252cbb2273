using System.Numerics;

namespace AstroJobs.Imaging.Calibration;

/// <summary>What calibration does to a row, lane by lane; tails one by one.</summary>
internal static class PixelArithmetic
{
    public static void Subtract(Span<float> row, ReadOnlySpan<float> bias)
    {
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(row[x..]) - new Vector<float>(bias[x..])).CopyTo(row[x..]);
        for (; x < row.Length; x++)
            row[x] -= bias[x];
    }

    /// <summary>row − bias − scale · (dark − bias).</summary>
    public static void SubtractDark(Span<float> row, ReadOnlySpan<float> bias, ReadOnlySpan<float> dark, float scale)
    {
        var x = 0;
        var (ofDark, ofBias) = (new Vector<float>(scale), new Vector<float>(1 - scale));
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(row[x..]) - (new Vector<float>(bias[x..]) * ofBias) - (new Vector<float>(dark[x..]) * ofDark)).CopyTo(row[x..]);
        for (; x < row.Length; x++)
            row[x] = row[x] - (bias[x] * (1 - scale)) - (dark[x] * scale);
    }

    /// <summary>row · mean / flat, with the means of even and odd columns; a flat below <paramref name="least"/> of its mean is taken for that.</summary>
    public static void Divide(Span<float> row, ReadOnlySpan<float> flat, ReadOnlySpan<float> means, float least)
    {
        Span<float> lanes = stackalloc float[Vector<float>.Count];
        for (var lane = 0; lane < lanes.Length; lane++)
            lanes[lane] = means[lane & 1];
        var (mean, floor) = (new Vector<float>(lanes), new Vector<float>(lanes) * least);
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(row[x..]) * mean / Vector.Max(new Vector<float>(flat[x..]), floor)).CopyTo(row[x..]);
        for (; x < row.Length; x++)
            row[x] = row[x] * means[x & 1] / Math.Max(flat[x], means[x & 1] * least);
    }
}
