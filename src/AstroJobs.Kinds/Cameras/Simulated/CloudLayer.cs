namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// Clouds before one frame: at each pixel the share of starlight that comes through, from smooth noise in patches of half the
/// frame's width and less.
/// </summary>
internal sealed class CloudLayer(RandomStream random, int width)
{
    private const double Thinnest = 0.95;
    private const double Thickest = 0.25;
    private const int Octaves = 3;

    private readonly ulong _seed = random.NextBits();

    /// <summary>Fills <paramref name="transmission"/> for row <paramref name="y"/>.</summary>
    public void Row(int y, Span<float> transmission)
    {
        var patch = width / 2.0;
        for (var x = 0; x < transmission.Length; x++)
        {
            var cover = SmoothNoise.Octaves(x / patch, y / patch, _seed, Octaves);
            transmission[x] = (float)(Thinnest + ((Thickest - Thinnest) * SmoothNoise.SCurve(Math.Clamp((1.8 * cover) - 0.4, 0, 1))));
        }
    }
}
