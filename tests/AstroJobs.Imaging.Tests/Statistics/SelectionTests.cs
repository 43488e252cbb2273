using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class SelectionTests
{
    [Test]
    public void The_middle_is_what_sorting_puts_there([Range(1, 40)] int count)
    {
        var random = new Random(count);
        for (var trial = 0; trial < 50; trial++)
        {
            var values = Enumerable.Range(0, count).Select(_ => trial % 2 == 0 ? random.NextDouble() : random.Next(4)).ToArray();
            Assert.That(Selection.Middle(values.ToArray()), Is.EqualTo(values.Order().ElementAt(count / 2)));
        }
    }
}
