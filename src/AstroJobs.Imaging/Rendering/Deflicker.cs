namespace AstroJobs.Imaging.Rendering;

/// <summary>
/// Evens out the brightness of a series of 8-bit pictures: each is multiplied so that its mean becomes the median of the means of itself and its neighbours.
/// A slow change (dusk, the Moon rising) stays, one bright or dark picture does not. Black stays black.
/// </summary>
/// <param name="radius">How many pictures before and after count; so many are held back.</param>
public sealed class Deflicker(int radius)
{
    private const double MostGain = 2;

    private readonly Queue<byte[]> _waiting = new();
    private readonly List<double> _means = [];
    private int _done;

    /// <summary>Takes the next picture; answers those that have enough neighbours now, changed in place.</summary>
    public IReadOnlyList<byte[]> Add(byte[] picture)
    {
        _waiting.Enqueue(picture);
        _means.Add(Mean(picture));
        return _waiting.Count > radius ? [Even()] : [];
    }

    /// <summary>The pictures that still wait for neighbours.</summary>
    public IReadOnlyList<byte[]> Finish()
    {
        var last = new List<byte[]>();
        while (_waiting.Count > 0)
            last.Add(Even());
        return last;
    }

    private byte[] Even()
    {
        var picture = _waiting.Dequeue();
        var from = Math.Max(0, _done - radius);
        var near = _means.GetRange(from, Math.Min(_means.Count, _done + radius + 1) - from);
        near.Sort();
        var wanted = (near[(near.Count - 1) / 2] + near[near.Count / 2]) / 2;
        var own = _means[_done++];
        if (own > 0)
            Multiply(picture, Math.Clamp(wanted / own, 1 / MostGain, MostGain));
        return picture;
    }

    private static double Mean(byte[] picture)
    {
        var sum = 0L;
        foreach (var value in picture)
            sum += value;
        return (double)sum / Math.Max(1, picture.Length);
    }

    private static void Multiply(byte[] picture, double gain)
    {
        var levels = new byte[256];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = (byte)Math.Min(255, (i * gain) + 0.5);
        for (var i = 0; i < picture.Length; i++)
            picture[i] = levels[picture[i]];
    }
}
