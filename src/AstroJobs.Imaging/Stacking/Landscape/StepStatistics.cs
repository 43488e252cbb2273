using System.Numerics;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>Of each pixel the mean and the variance, over frames, of the step from an earlier pixel to it.</summary>
internal sealed class StepStatistics(int samples) : IDisposable
{
    private readonly PixelBuffer _sum = new(samples);
    private readonly PixelBuffer _squares = new(samples);

    /// <param name="back">How many samples before it the other pixel lies; the first so many have none and stay 0.</param>
    public void Add(ReadOnlySpan<float> plane, int back)
    {
        var sum = _sum.Slice(0, samples);
        var squares = _squares.Slice(0, samples);
        var i = back;
        for (; i <= samples - Vector<float>.Count; i += Vector<float>.Count)
        {
            var step = new Vector<float>(plane[i..]) - new Vector<float>(plane[(i - back)..]);
            (new Vector<float>(sum[i..]) + step).CopyTo(sum[i..]);
            (new Vector<float>(squares[i..]) + (step * step)).CopyTo(squares[i..]);
        }
        for (; i < samples; i++)
        {
            var step = plane[i] - plane[i - back];
            (sum[i], squares[i]) = (sum[i] + step, squares[i] + (step * step));
        }
    }

    public float Mean(int at, int frames) => _sum.Slice(at, 1)[0] / frames;

    public float Variance(int at, int frames)
    {
        var mean = Mean(at, frames);
        return Math.Max(0, (_squares.Slice(at, 1)[0] - (frames * mean * mean)) / (frames - 1));
    }

    public void Dispose()
    {
        _sum.Dispose();
        _squares.Dispose();
    }
}
