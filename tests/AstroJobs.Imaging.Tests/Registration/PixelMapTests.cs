using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class PixelMapTests
{
    [Test]
    public void The_inverse_leads_back()
    {
        var map = new PixelMap(1.1, 0.2, 30, -0.15, 0.9, -12, 1e-5, -2e-5);
        var (x, y) = map.Map(640, 480);
        var (backX, backY) = map.Inverse().Map(x, y);
        Assert.That(new[] { backX, backY }, Is.EqualTo(new[] { 640.0, 480 }).Within(1e-9));
    }

    [TestCase(1.0, 0, false)]
    [TestCase(0.93, 30, false)]
    [TestCase(1.07, -150, true)]
    public void A_similarity_tells_its_scale_turn_and_mirror(double scale, double degrees, bool mirrored)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var map = PixelMap.Similarity(scale * cosine, scale * sine, 5, 6, mirrored);
        Assert.Multiple(() =>
        {
            Assert.That(map.Scale, Is.EqualTo(scale).Within(1e-12));
            Assert.That(map.RotationDegrees, Is.EqualTo(degrees).Within(1e-9));
            Assert.That(map.IsMirrored, Is.EqualTo(mirrored));
        });
    }

    [Test]
    public void A_map_onto_a_line_has_no_inverse() =>
        Assert.That(() => new PixelMap(1, 1, 0, 1, 1, 0).Inverse(), Throws.InvalidOperationException);
}
