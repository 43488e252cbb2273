using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>Parts of a grey picture for correlation.</summary>
internal static class Patch
{
    public const int LargestSide = 512;

    /// <summary>The whole picture, joined pixels where it is larger than <see cref="LargestSide"/>.</summary>
    public static (float[] Samples, int Width, int Height, int Binning) Whole(DetectionPlane plane)
    {
        var binning = 1;
        while (Math.Max(plane.Width, plane.Height) / binning > LargestSide)
            binning *= 2;
        if (binning == 1)
            return (plane.Samples.ToArray(), plane.Width, plane.Height, 1);
        using var small = plane.Bin(binning);
        return (small.Samples.ToArray(), small.Width, small.Height, binning);
    }

    /// <summary>Side of the part that is looked at closely: a power of two that leaves a third of the picture's shorter side to move in.</summary>
    public static int SideOf(DetectionPlane plane) =>
        Math.Min(LargestSide, (int)(System.Numerics.BitOperations.RoundUpToPowerOf2(((uint)Math.Min(plane.Width, plane.Height) * 2 / 3) + 1) / 2));

    /// <summary>Where the part around a place begins, moved so that it lies within the picture.</summary>
    public static (int Left, int Top) CornerOf(DetectionPlane plane, double x, double y, int side) =>
        (Math.Clamp((int)Math.Round(x - (side / 2.0)), 0, plane.Width - side), Math.Clamp((int)Math.Round(y - (side / 2.0)), 0, plane.Height - side));

    public static float[] Cut(DetectionPlane plane, int left, int top, int side)
    {
        var samples = new float[side * side];
        for (var y = 0; y < side; y++)
            plane.Samples.Slice(((top + y) * plane.Width) + left, side).CopyTo(samples.AsSpan(y * side));
        return samples;
    }

    /// <summary>The middle of what stands out of the picture's mean level, dark or bright: a planet's disc, or about the middle of a landscape.</summary>
    public static (double X, double Y) MiddleOfInterest(ReadOnlySpan<float> samples, int width)
    {
        var (sum, known) = (0.0, 0);
        foreach (var sample in samples)
            (sum, known) = float.IsFinite(sample) ? (sum + sample, known + 1) : (sum, known);
        var mean = known > 0 ? sum / known : 0;
        double total = 0, sx = 0, sy = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var weight = float.IsFinite(samples[i]) ? (samples[i] - mean) * (samples[i] - mean) : 0;
            (total, sx, sy) = (total + weight, sx + (weight * (i % width)), sy + (weight * (i / width)));
        }
        return total > 0 ? (sx / total, sy / total) : (width / 2.0, samples.Length / width / 2.0);
    }
}
