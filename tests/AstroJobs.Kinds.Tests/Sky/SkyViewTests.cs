using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class SkyViewTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Corners_go_round_from_the_top_left_and_lie_on_the_outer_edges(bool mirrored)
    {
        // North is up; 400 × 200 pixels of 36″ are 4° × 2°, so near the equator RA and Dec of the corners are those of the plane.
        var view = SkyView.Of(Wcs.Looking(new SkyPosition(100, 0), 199.5, 99.5, 36, mirrored: mirrored), 400, 200);
        var east = mirrored ? -2 : 2; // on the left, as in the sky
        (double Ra, double Dec)[] expected = [(100 + east, 1), (100 - east, 1), (100 - east, -1), (100 + east, -1)];
        var corners = SkyView.Corners(view.Wcs, 400, 200);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < 4; i++)
                Assert.That(corners[i].SeparationDeg(new SkyPosition(expected[i].Ra, expected[i].Dec)), Is.LessThan(0.002), $"corner {i}");
            Assert.That(view.Size.WidthDeg, Is.EqualTo(4).Within(0.002));
            Assert.That(view.Size.HeightDeg, Is.EqualTo(2).Within(0.002));
            Assert.That(view.RadiusDeg, Is.EqualTo(Math.Sqrt(5)).Within(0.002));
            Assert.That(view.OrientationDeg, Is.Zero.Within(1e-6));
            Assert.That((view.Centre.RaDeg, view.Centre.DecDeg), Is.EqualTo((100, 0)).Using<(double A, double B)>((a, b) => Math.Abs(a.A - b.A) + Math.Abs(a.B - b.B) < 1e-9));
        });
    }

    [Test]
    public void What_lies_on_the_outermost_pixels_is_in_the_picture_and_no_further()
    {
        var view = SkyView.Of(Wcs.Looking(new SkyPosition(10, 60), 99.5, 49.5, 60), 200, 100);
        Assert.That(view.TryToPixel(view.Wcs.ToSky(-0.4, -0.4), out var x, out var y), Is.True);
        Assert.That((x, y), Is.EqualTo((-0.4, -0.4)).Using<(double A, double B)>((a, b) => Math.Abs(a.A - b.A) + Math.Abs(a.B - b.B) < 1e-6));
        Assert.That(view.TryToPixel(view.Wcs.ToSky(-0.6, 50), out _, out _), Is.False);
        Assert.That(view.TryToPixel(view.Wcs.ToSky(100, 99.6), out _, out _), Is.False);
    }
}
