using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Tests.Stacking.Combining;

public sealed class PixelCombinerTests
{
    private const int Samples = 83; // whole vectors and a tail

    [Test]
    public void Each_mode_is_its_definition_over_the_frames_that_have_data([Values] StackMode mode, [Values(1, 2, 3, 4, 9, 20, 33)] int frames)
    {
        var random = new Random(frames);
        var values = Enumerable.Range(0, frames).Select(_ =>
            Enumerable.Range(0, Samples).Select(_ => random.Next(5) == 0 ? float.NaN : (random.NextSingle() * 2) - 0.5f).ToArray()).ToArray();
        var result = Combine(mode, values);
        for (var x = 0; x < Samples; x++)
        {
            var known = values.Select(frame => (double)frame[x]).Where(value => !double.IsNaN(value)).Order().ToArray();
            var expected = known.Length == 0 ? double.NaN : mode switch
            {
                StackMode.Mean => known.Average(),
                StackMode.Sum => known.Average() * frames,
                StackMode.Max => known[^1],
                StackMode.Min => known[0],
                _ => (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2,
            };
            Assert.That(result[x], Is.EqualTo(expected).Within(2e-6 * frames), $"sample {x}");
        }
    }

    [Test]
    public void A_weighted_mean_counts_the_weights_of_those_that_have_data([Values(StackMode.Mean, StackMode.Sum)] StackMode mode)
    {
        float[] weights = [0.5f, 1, 1.5f];
        var random = new Random(2);
        var values = weights.Select(_ => Enumerable.Range(0, Samples).Select(_ => random.Next(4) == 0 ? float.NaN : random.NextSingle()).ToArray()).ToArray();
        var result = Combine(new Integration(mode, 3) { Weights = weights }, values);
        for (var x = 0; x < Samples; x++)
        {
            var known = values.Zip(weights, (frame, weight) => (Value: (double)frame[x], Weight: (double)weight)).Where(sample => !double.IsNaN(sample.Value)).ToArray();
            var expected = known.Sum(sample => sample.Value * sample.Weight) / known.Sum(sample => sample.Weight) * (mode == StackMode.Sum ? 3 : 1);
            Assert.That(result[x], Is.EqualTo(expected).Within(1e-5), $"sample {x}");
        }
    }

    [Test]
    public void A_genuine_zero_counts([Values] StackMode mode)
    {
        var result = Combine(mode, [[.. Enumerable.Repeat(0f, Samples)], [.. Enumerable.Repeat(0f, Samples)], [.. Enumerable.Repeat(0.6f, Samples)]]);
        var expected = mode switch { StackMode.Mean => 0.2f, StackMode.Sum => 0.6f, StackMode.Max => 0.6f, _ => 0 };
        Assert.That(result, Is.All.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void A_new_tile_remembers_nothing_of_the_last([Values] StackMode mode)
    {
        using var combiner = PixelCombiner.Create(new Integration(mode, 2), Samples);
        var result = new float[Samples];
        foreach (var level in new[] { 0.9f, 0.1f, 0.5f })
        {
            combiner.Clear();
            combiner.Add(0, 0, Enumerable.Repeat(level, Samples).ToArray());
            combiner.Add(1, 0, Enumerable.Repeat(float.NaN, Samples).ToArray());
            combiner.Finish(0, result);
            Assert.That(result, Is.All.EqualTo(mode == StackMode.Sum ? 2 * level : level));
        }
    }

    [Test]
    public void The_order_of_the_frames_does_not_matter([Values] StackMode mode)
    {
        var random = new Random(4);
        var values = Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, Samples).Select(_ => random.NextSingle()).ToArray()).ToArray();
        Assert.That(Combine(mode, [.. values.Reverse()]), Is.EqualTo(Combine(mode, values)).Within(1e-5));
    }

    private static float[] Combine(StackMode mode, float[][] frames) => Combine(new Integration(mode, frames.Length), frames);

    private static float[] Combine(Integration integration, float[][] frames)
    {
        using var combiner = PixelCombiner.Create(integration, Samples);
        combiner.Clear();
        for (var i = 0; i < frames.Length; i++)
        {
            combiner.Add(i, 0, frames[i].AsSpan(0, 40));
            combiner.Add(i, 40, frames[i].AsSpan(40));
        }
        var result = new float[Samples];
        combiner.Finish(0, result);
        return result;
    }
}
