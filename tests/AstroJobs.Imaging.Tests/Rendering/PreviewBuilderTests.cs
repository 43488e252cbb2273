using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class PreviewBuilderTests
{
    [TestCase(400, 300, 100, 100, 75)]
    [TestCase(1000, 333, 190, 190, 63)]
    [TestCase(90, 120, 200, 90, 120)]
    public void The_longest_side_is_kept_within_bounds(int width, int height, int most, int smallWidth, int smallHeight)
    {
        using var builder = new PreviewBuilder(width, height, 1, most);
        Assert.That((builder.Finish().Width, builder.Finish().Height), Is.EqualTo((smallWidth, smallHeight)));
    }

    [TestCase(400, 300, 100)]
    [TestCase(1001, 337, 190)]
    [TestCase(90, 120, 200)]
    public void Light_is_neither_made_nor_lost(int width, int height, int most)
    {
        var random = new Random(1);
        var source = Enumerable.Range(0, width * height).Select(_ => random.NextSingle()).ToArray();
        using var builder = new PreviewBuilder(width, height, 1, most);
        for (var y = 0; y < height; y += 50)
            builder.Add(0, y, source.AsSpan(y * width, Math.Min(50, height - y) * width));
        Assert.That(builder.Finish().Plane(0).ToArray().Average(), Is.EqualTo(source.Average()).Within(1e-3));
    }

    [Test]
    public void Each_pixel_is_the_mean_of_what_it_covers()
    {
        using var builder = new PreviewBuilder(6, 3, 1, 4); // 1.5 × 1.5 pixels each
        builder.Add(0, 0, [0, 3, 6, 9, 12, 15, 0, 3, 6, 9, 12, 15, 0, 3, 6, 9, 12, 15]);
        Assert.That(builder.Finish().Plane(0).ToArray(), Is.EqualTo(new float[] { 1, 5, 10, 14, 1, 5, 10, 14 }).Within(1e-5));
    }
}
