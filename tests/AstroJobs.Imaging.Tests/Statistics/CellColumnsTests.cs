using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class CellColumnsTests
{
    private const int Most = 37;

    [Test]
    public void The_middle_of_a_lane_is_what_stands_at_half_of_its_samples_in_order()
    {
        var random = new Random(3);
        float[][] cells = [.. Enumerable.Range(0, CellColumns.Lanes).Select(lane => Enumerable.Range(0, Most - (2 * lane) - (lane & 1)).Select(_ => random.NextSingle()).ToArray())];
        cells[1] = [];
        var columns = new CellColumns(Most);
        for (var round = 0; round < 2; round++) // the second finds the lanes empty again
        {
            for (var lane = 0; lane < cells.Length; lane++)
                columns.Add(lane, cells[lane], 1);
            columns.Sort();
            Assert.That(
                Enumerable.Range(0, cells.Length).Select(columns.TakeMiddle),
                Is.EqualTo(cells.Select(cell => cell.Length == 0 ? float.NaN : cell.Order().ElementAt(cell.Length / 2))));
        }
    }

    [Test]
    public void Every_so_many_th_sample_is_taken_but_none_that_is_no_number()
    {
        var columns = new CellColumns(Most);
        columns.Add(0, [5, 9, 1, 9, float.NaN, 9, float.PositiveInfinity, 9, 3], 2);
        columns.Sort();
        Assert.That(columns.Take(0).ToArray(), Is.EqualTo(new float[] { 1, 3, 5 }));
    }
}
