using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Outliers;
using AstroJobs.Imaging.Tests.Stacking.Outliers;

namespace AstroJobs.Imaging.Tests.Stacking.Combining;

public sealed class RejectionCombinerTests
{
    private const int Samples = 83; // whole vectors and a tail

    private static readonly StackRejection[] Rules = [.. Enum.GetValues<StackRejection>().Except([StackRejection.Auto, StackRejection.None])];

    [Test]
    public void Vectors_give_what_single_pixels_give_to_the_last_bit(
        [ValueSource(nameof(Rules))] StackRejection rejection, [Values(1, 2, 3, 4, 5, 7, 20, 33, 150)] int frames, [Values] bool weighted, [Values] bool wholeNumbers)
    {
        var integration = new Integration(StackMode.Mean, frames)
        {
            Rejection = rejection,
            Limits = rejection is StackRejection.Percentile or StackRejection.Gesd ? RejectionLimits.DefaultFor(rejection) : new RejectionLimits(2.2, 1.8),
            Weights = weighted ? Enumerable.Range(0, frames).Select(i => 0.5f + (0.1f * i)).ToArray() : null,
        };
        var values = Holed(frames, frames);
        if (wholeNumbers) // many are equal
            values = [.. values.Select(frame => frame.Select(value => MathF.Round(value * 255) / 255).ToArray())];
        var whole = Combine(integration, values, Samples);
        var single = Combine(integration, values, 1);
        Assert.Multiple(() =>
        {
            Assert.That(whole.Result, Is.EqualTo(single.Result));
            Assert.That(whole.Low, Is.EqualTo(single.Low));
            Assert.That(whole.High, Is.EqualTo(single.High));
            Assert.That(whole.Counts, Is.EqualTo(single.Counts));
        });
    }

    /// <summary>Every frame has every pixel; limits so narrow that little is left; noise that is never taken for less than a floor; and samples that lie equally far off on either side.</summary>
    [Test]
    public void Vectors_give_it_where_much_is_rejected_too(
        [ValueSource(nameof(Rules))] StackRejection rejection, [Values(3, 4, 5, 8, 21, 100)] int frames, [Values(0, 0.02f)] float smallestSigma)
    {
        var integration = new Integration(StackMode.Mean, frames)
        {
            Rejection = rejection,
            Limits = rejection == StackRejection.Gesd ? new RejectionLimits(0.9, 0.5) : new RejectionLimits(0.7, 0.6),
            SmallestSigma = smallestSigma,
        };
        var values = new float[frames][];
        for (var i = 0; i < frames; i++)
        {
            var side = i - ((frames - 1) / 2f);
            values[i] = [.. Enumerable.Range(0, Samples).Select(x => x % 2 == 0 ? MadeSamples.Of(x, frames, outliers: 0.3)[i] : 0.5f + (side * MathF.Abs(side) / 64))];
        }
        var whole = Combine(integration, values, Samples);
        var single = Combine(integration, values, 1);
        Assert.Multiple(() =>
        {
            Assert.That(whole.Result, Is.EqualTo(single.Result));
            Assert.That(whole.Low, Is.EqualTo(single.Low));
            Assert.That(whole.High, Is.EqualTo(single.High));
        });
    }

    [Test]
    public void The_order_of_the_frames_changes_no_bit([ValueSource(nameof(Rules))] StackRejection rejection, [Values(4, 20)] int frames)
    {
        var values = Holed(frames, 3);
        var turned = values.ToArray();
        new Random(1).Shuffle(turned);
        var (first, second) = (Combine(Rejecting(rejection, frames), values, Samples), Combine(Rejecting(rejection, frames), turned, Samples));
        Assert.That(second.Result, Is.EqualTo(first.Result));
        Assert.That(second.High, Is.EqualTo(first.High));
    }

    [Test]
    public void The_mean_is_that_of_the_kept_and_what_was_rejected_is_counted()
    {
        const int frames = 15;
        var values = Enumerable.Range(0, frames).Select(i => Enumerable.Range(0, Samples).Select(x => MadeSamples.Of(x, frames)[i]).ToArray()).ToArray();
        var (result, low, high, counts) = Combine(Rejecting(StackRejection.Winsorized, frames), values, Samples);
        for (var x = 0; x < Samples; x++)
        {
            var column = values.Select(frame => frame[x]).ToArray();
            var kept = StraightRejection.Keep(StackRejection.Winsorized, column, 3, 3);
            Assert.That(result[x], Is.EqualTo(kept.Average()).Within(1e-6));
            Assert.That(low[x], Is.EqualTo(column.Count(value => value < kept[0])));
            Assert.That(high[x], Is.EqualTo(column.Count(value => value > kept[^1])));
        }
        Assert.That(counts.Sum(count => count.Low), Is.EqualTo(low.Sum()));
        Assert.That(counts.Sum(count => count.High), Is.EqualTo(high.Sum()).And.Positive);
        Assert.That(counts.Select(count => count.Samples), Is.All.EqualTo(Samples));
    }

    [Test]
    public void Of_median_sigma_the_rejected_count_as_the_median()
    {
        float[] column = [0.20f, 0.21f, 0.22f, 0.20f, 0.21f, 0.22f, 0.21f, 0.20f, 0.22f, 0.21f, 0.21f, 0.21f, 0.9f];
        var values = column.Select(value => Enumerable.Repeat(value, Samples).ToArray()).ToArray();
        var (result, _, high, _) = Combine(Rejecting(StackRejection.MedianSigma, column.Length), values, Samples);
        Assert.That(result, Is.All.EqualTo((column[..^1].Sum() + 0.21) / column.Length).Within(1e-6));
        Assert.That(high, Is.All.EqualTo(1));
    }

    [Test]
    public void A_minority_of_saturated_samples_stays_out_and_a_majority_makes_the_pixel_saturated()
    {
        const float bright = float.PositiveInfinity;
        var few = Combine(Rejecting(StackRejection.Sigma, 5), Columns(0.5f, bright, 0.5f, 0.5f, bright), Samples);
        var many = Combine(Rejecting(StackRejection.Sigma, 5), Columns(0.5f, bright, bright, 0.5f, bright), Samples);
        Assert.Multiple(() =>
        {
            Assert.That(few.Result, Is.All.EqualTo(0.5f));
            Assert.That(few.High, Is.All.EqualTo(2));
            Assert.That(many.Result, Is.All.EqualTo(1f));
            Assert.That(many.High, Is.All.Zero);
        });
    }

    [Test]
    public void A_frame_that_does_not_reach_the_tile_takes_no_part([ValueSource(nameof(Rules))] StackRejection rejection)
    {
        using var combiner = PixelCombiner.Create(Rejecting(rejection, 6), Samples);
        var result = new float[Samples];
        foreach (var skipped in new[] { 2, 5, -1 })
        {
            combiner.Clear();
            for (var frame = 0; frame < 6; frame++)
            {
                if (frame != skipped)
                    combiner.Add(frame, 0, Enumerable.Repeat(frame == skipped + 1 ? 0.3f : 0.29f, Samples).ToArray());
            }
            combiner.Finish(0, result);
            Assert.That(result, Is.All.InRange(0.289f, 0.301f));
        }
    }

    [Test]
    public void Rejection_costs_little_of_the_signal()
    {
        const int frames = 20;
        const int pixels = 20_000;
        var values = Enumerable.Range(0, frames).Select(i => MadeSamples.Of(i, pixels, outliers: 0)).ToArray();
        using var combiner = PixelCombiner.Create(Rejecting(StackRejection.Winsorized, frames), pixels);
        combiner.Clear();
        for (var i = 0; i < frames; i++)
            combiner.Add(i, 0, values[i]);
        var result = new float[pixels];
        combiner.Finish(0, result);
        Assert.That(StraightRejection.Deviation([.. result.Select(value => (double)value)]), Is.EqualTo(0.01 / Math.Sqrt(frames)).Within(4).Percent);
        Assert.That(result.Average(), Is.EqualTo(0.2).Within(0.0001));
    }

    private static Integration Rejecting(StackRejection rejection, int frames) =>
        new(StackMode.Mean, frames) { Rejection = rejection, Limits = RejectionLimits.DefaultFor(rejection) };

    private static float[][] Columns(params float[] column) => [.. column.Select(value => Enumerable.Repeat(value, Samples).ToArray())];

    /// <summary>Noise with outliers, holes and saturated places.</summary>
    private static float[][] Holed(int frames, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, frames).Select(i => MadeSamples.Of(seed + (100 * i), Samples)
            .Select(value => random.Next(12) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => 0.2f, _ => value }).ToArray())];
    }

    private static (float[] Result, float[] Low, float[] High, IReadOnlyList<RejectionCount> Counts) Combine(Integration integration, float[][] frames, int step)
    {
        using var combiner = PixelCombiner.Create(integration, Samples);
        combiner.Clear();
        for (var i = 0; i < frames.Length; i++)
            combiner.Add(i, 0, frames[i]);
        var (result, low, high) = (new float[Samples], new float[Samples], new float[Samples]);
        for (var x = 0; x < Samples; x += step)
        {
            combiner.Finish(x, result.AsSpan(x, step));
            combiner.ReadRejected(low.AsSpan(x, step), high.AsSpan(x, step));
        }
        return (result, low, high, combiner.Counts);
    }
}
