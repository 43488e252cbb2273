using System.Globalization;
using System.Numerics;

namespace AstroJobs.Imaging.Rendering;

/// <summary>What makes the colours of a picture right: factor · x + offset, one of each for red, green and blue. The least factor is 1, so that what is saturated stays white.</summary>
public sealed record ColourBalance(IReadOnlyList<double> Factors, IReadOnlyList<double> Offsets)
{
    public static ColourBalance None { get; } = new([1, 1, 1], [0, 0, 0]);

    /// <param name="factors">All positive.</param>
    public static ColourBalance OfFactors(IReadOnlyList<double> factors) => new([.. factors.Select(factor => factor / factors.Min())], [0, 0, 0]);

    /// <summary>The same with offsets that bring the sky of every colour to that of the darkest.</summary>
    /// <param name="sky">Levels before the balance.</param>
    public ColourBalance WithGreySky(IReadOnlyList<double> sky)
    {
        var balanced = sky.Select((level, channel) => Factors[channel] * level).ToArray();
        return this with { Offsets = [.. balanced.Select(level => balanced.Min() - level)] };
    }

    public void Apply(int channel, Span<float> samples)
    {
        var (factor, offset) = ((float)Factors[channel], (float)Offsets[channel]);
        var x = 0;
        for (; x <= samples.Length - Vector<float>.Count; x += Vector<float>.Count)
            ((new Vector<float>(samples[x..]) * factor) + new Vector<float>(offset)).CopyTo(samples[x..]);
        for (; x < samples.Length; x++)
            samples[x] = (samples[x] * factor) + offset;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"factors {Factors[0]:0.000} {Factors[1]:0.000} {Factors[2]:0.000}, offsets {Offsets[0]:0.#######} {Offsets[1]:0.#######} {Offsets[2]:0.#######}");
}
