using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class CellColumnsTests
{
    [Test]
    public void Each_cell_comes_out_in_order_and_alone()
    {
        var random = new Random(1);
        var cells = new CellColumns(484);
        for (var round = 0; round < 2; round++)
        {
            var samples = Enumerable.Range(0, CellColumns.Lanes).Select(lane => Enumerable.Range(0, 484 - (50 * lane)).Select(_ => random.NextSingle()).ToArray()).ToArray();
            for (var lane = 0; lane < samples.Length; lane++)
            {
                cells.Add(lane, [float.NaN, 9, 9, .. samples[lane].SelectMany(sample => new[] { sample, 9, 9 })], 3);
            }
            cells.Sort();
            for (var lane = 0; lane < samples.Length; lane++)
                Assert.That(cells.Take(lane).ToArray(), Is.EqualTo(samples[lane].Order()), $"{lane}");
        }
    }
}
