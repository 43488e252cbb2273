using System.Numerics;
using AstroJobs.Imaging.Stacking.Combining;

namespace AstroJobs.Imaging.Tests.Stacking.Combining;

public sealed class SortingNetworkTests
{
    [Test]
    public void Every_lane_is_sorted([Range(1, 40)] int count)
    {
        var random = new Random(count);
        var column = Enumerable.Range(0, count).Select(_ => new Vector<float>([.. Enumerable.Range(0, Vector<float>.Count).Select(_ => random.NextSingle())])).ToArray();
        var expected = Enumerable.Range(0, Vector<float>.Count).Select(lane => column.Select(value => value[lane]).Order().ToArray()).ToArray();
        new SortingNetwork(count).Sort(column);
        for (var lane = 0; lane < Vector<float>.Count; lane++)
            Assert.That(column.Select(value => value[lane]), Is.EqualTo(expected[lane]));
    }
}
