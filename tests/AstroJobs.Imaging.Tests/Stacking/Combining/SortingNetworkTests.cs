using System.Numerics;
using AstroJobs.Imaging.Stacking.Combining;

namespace AstroJobs.Imaging.Tests.Stacking.Combining;

public sealed class SortingNetworkTests
{
    [Test]
    public void Every_lane_is_sorted([Range(1, 72)] int count) => AssertSorted(count);

    [TestCase(129)]
    [TestCase(200)]
    [TestCase(300)]
    [TestCase(511)]
    [TestCase(1000)]
    public void Longer_runs_are_too(int count) => AssertSorted(count);

    /// <summary>A network that sorts every sequence of noughts and ones sorts all there are (Knuth, TAOCP 3, 5.3.4).</summary>
    [Test]
    public void Every_sequence_of_noughts_and_ones_is_sorted([Range(1, 17)] int count)
    {
        var network = new SortingNetwork(count);
        for (var bits = 0; bits < 1 << count; bits += Vector<float>.Count)
        {
            for (var i = 0; i < count; i++)
                network.Values[i] = new Vector<float>([.. Enumerable.Range(0, Vector<float>.Count).Select(lane => (float)(((bits + lane) >> i) & 1))]);
            network.Sort();
            for (var i = 1; i < count; i++)
            {
                if (!Vector.LessThanOrEqualAll(network.Values[i - 1], network.Values[i]))
                    Assert.Fail($"one of the {Vector<float>.Count} sequences from {bits} on is not sorted at {i}");
            }
        }
    }

    private static void AssertSorted(int count)
    {
        var random = new Random(count);
        var column = Enumerable.Range(0, count).Select(_ => new Vector<float>([.. Enumerable.Range(0, Vector<float>.Count).Select(_ => random.NextSingle())])).ToArray();
        var expected = Enumerable.Range(0, Vector<float>.Count).Select(lane => column.Select(value => value[lane]).Order().ToArray()).ToArray();
        var network = new SortingNetwork(count);
        foreach (var values in new[] { column, [.. column.Reverse()] }) // the second finds what the first left
        {
            values.CopyTo(network.Values);
            network.Sort();
            var sorted = network.Values.ToArray();
            for (var lane = 0; lane < Vector<float>.Count; lane++)
                Assert.That(sorted.Select(value => value[lane]), Is.EqualTo(expected[lane]));
        }
    }
}
