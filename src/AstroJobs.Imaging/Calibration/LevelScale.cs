using System.Numerics;

namespace AstroJobs.Imaging.Calibration;

/// <summary>A sensor's numbers with black at 0 and white at 1; what lies below black stays, negative, for a mean must not be pulled up.</summary>
internal static class LevelScale
{
    /// <param name="top">Row of the picture at which the rows begin.</param>
    public static void TakeOffBlack(Frame frame, int top, SensorLevels levels)
    {
        Span<float> blacks = stackalloc float[Vector<float>.Count];
        for (var channel = 0; channel < frame.Channels; channel++)
        {
            for (var y = 0; y < frame.Height; y++)
            {
                for (var lane = 0; lane < blacks.Length; lane++)
                    blacks[lane] = levels.Black[(((top + y) & 1) * 2) + (lane & 1)];
                Row(frame.Row(channel, y), new Vector<float>(blacks));
            }
        }
    }

    public static void Multiply(Frame frame, float scale)
    {
        for (var channel = 0; channel < frame.Channels; channel++)
            Multiply(frame.Plane(channel), scale);
    }

    /// <summary>1 / (white − the mean black): one for all colours, so that their balance stays.</summary>
    public static float ScaleOf(SensorLevels levels) => 1 / Math.Max(levels.White - levels.Black.Average(), 1 / 65535f);

    private static void Multiply(Span<float> samples, float scale)
    {
        var x = 0;
        for (; x <= samples.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(samples[x..]) * scale).CopyTo(samples[x..]);
        for (; x < samples.Length; x++)
            samples[x] *= scale;
    }

    // The lanes are an even number, so that a lane's column keeps its parity.
    private static void Row(Span<float> row, Vector<float> black)
    {
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(row[x..]) - black).CopyTo(row[x..]);
        for (; x < row.Length; x++)
            row[x] -= black[x & 1];
    }
}
