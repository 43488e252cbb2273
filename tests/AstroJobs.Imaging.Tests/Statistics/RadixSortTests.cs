using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class RadixSortTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1023)]
    [TestCase(1024)]
    [TestCase(30_001)]
    public void Samples_of_any_sign_and_size_come_into_order(int count)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.4) * Math.Pow(10, random.Next(-12, 12)))).ToArray();
        var expected = values.Order().ToArray();
        RadixSort.Sort(values);
        Assert.That(values, Is.EqualTo(expected));
    }

    [Test]
    public void Equal_samples_and_infinities_have_their_place()
    {
        var values = Enumerable.Range(0, 3000).Select(i => i % 7 switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, 2 => 0f, 3 => -0.5f, _ => 1f / 255 }).ToArray();
        var expected = values.Order().ToArray();
        RadixSort.Sort(values);
        Assert.That(values, Is.EqualTo(expected));
    }
}
