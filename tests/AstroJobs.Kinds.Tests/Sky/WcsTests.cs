using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class WcsTests
{
    // Pixels (from 0) by astropy 5.2.1: WCS with RA---TAN/DEC--TAN and the CD matrix −s·cos a, −s·sin a; s·sin a, −s·cos a.
    [TestCase(83.9, -3.2, 799.5, 599.5, 27.0, 0.0, 84.05338889, -1.20191944, 779.0401593527374, 332.9817840434875)]
    [TestCase(83.9, -3.2, 799.5, 599.5, 27.0, 0.0, 78.63446707, -8.20163837, 1498.9932290679044, 1272.690339814883)]
    [TestCase(10.0, 89.5, 500, 400, 30.0, 35.0, 200, 89.2, 602.3149209695237, 282.949284242942)]
    [TestCase(10.0, 89.5, 500, 400, 30.0, 35.0, 37.954542, 89.264109, 455.7640138112041, 391.00473997989906)]
    [TestCase(359.8, 12.0, 100, 50, 10.0, -120.0, 0.3, 12.1, 156.68635278078338, 220.50567968091002)]
    public void The_sky_falls_on_the_pixels_that_astropy_says(
        double ra0, double dec0, double x0, double y0, double scale, double up, double ra, double dec, double expectedX, double expectedY)
    {
        var wcs = Wcs.Looking(new SkyPosition(ra0, dec0), x0, y0, scale, up);

        Assert.That(wcs.TryToPixel(new SkyPosition(ra, dec), out var x, out var y), Is.True);

        Assert.That(x, Is.EqualTo(expectedX).Within(1e-6));
        Assert.That(y, Is.EqualTo(expectedY).Within(1e-6));
    }

    [TestCase(83.9, -3.2, 799.5, 599.5, 27.0, 0.0, 89.83591862102142, 1.2282527996315507)]
    [TestCase(10.0, 89.5, 500, 400, 30.0, 35.0, 97.904757771043, 84.74022713476502)]
    [TestCase(359.8, 12.0, 100, 50, 10.0, -120.0, 359.5563596621373, 12.173516199485038)]
    public void A_pixel_looks_where_astropy_says(double ra0, double dec0, double x0, double y0, double scale, double up, double expectedRa, double expectedDec)
    {
        var position = Wcs.Looking(new SkyPosition(ra0, dec0), x0, y0, scale, up).ToSky(3, 7);

        Assert.That(position.RaDeg, Is.EqualTo(expectedRa).Within(1e-9));
        Assert.That(position.DecDeg, Is.EqualTo(expectedDec).Within(1e-9));
    }

    [Test]
    public void To_the_sky_and_back_ends_on_the_same_pixel([Values(-90, -89.99, -45, 0, 60, 89.9, 90)] double dec, [Values] bool mirrored)
    {
        var random = new Random(7);
        var wcs = Wcs.Looking(new SkyPosition(123.4, dec), 2000, 1500, 40, 77, mirrored);
        for (var i = 0; i < 200; i++)
        {
            var (x, y) = (random.NextDouble() * 4000, random.NextDouble() * 3000);
            Assert.That(wcs.TryToPixel(wcs.ToSky(x, y), out var backX, out var backY), Is.True);
            Assert.That(backX, Is.EqualTo(x).Within(1e-6));
            Assert.That(backY, Is.EqualTo(y).Within(1e-6));
        }
    }

    [Test]
    public void Seen_with_north_up_east_is_left_and_in_a_mirror_right()
    {
        var target = new SkyPosition(30, 10);
        var east = new SkyPosition(30.5, 10);

        Wcs.Looking(target, 0, 0, 60).TryToPixel(east, out var x, out _);
        Wcs.Looking(target, 0, 0, 60, mirrored: true).TryToPixel(east, out var mirroredX, out _);

        Assert.That(x, Is.LessThan(-20));
        Assert.That(mirroredX, Is.EqualTo(-x).Within(1e-9));
    }

    [TestCase(0.0, false)]
    [TestCase(35.0, false)]
    [TestCase(-120.0, true)]
    public void It_tells_its_own_scale_direction_and_parity(double up, bool mirrored)
    {
        var wcs = Wcs.Looking(new SkyPosition(1, 2), 3, 4, 12.5, up, mirrored);

        Assert.That(wcs.ScaleArcsecPerPixel, Is.EqualTo(12.5).Within(1e-9));
        Assert.That(wcs.UpDegEastOfNorth, Is.EqualTo(up).Within(1e-9));
        Assert.That(wcs.Mirrored, Is.EqualTo(mirrored));
    }

    [Test]
    public void What_lies_behind_the_camera_is_on_no_pixel()
    {
        var wcs = Wcs.Looking(new SkyPosition(0, 0), 0, 0, 60);

        Assert.That(wcs.TryToPixel(new SkyPosition(180, 0), out _, out _), Is.False);
        Assert.That(wcs.TryToPixel(new SkyPosition(90, 0), out _, out _), Is.False);
        Assert.That(wcs.TryToPixel(new SkyPosition(89, 0), out _, out _), Is.True);
    }

    [Test]
    public void After_a_move_every_star_is_where_the_pose_puts_it()
    {
        var before = Wcs.Looking(new SkyPosition(83.9, -3.2), 799.5, 599.5, 27, 12);
        var pose = new PixelPose(31.5, -17.25, 3.5, 700, 500);
        var after = before.Moved(pose);
        foreach (var star in new SkyPosition[] { new(84, -1), new(80, -7), new(88, 0) })
        {
            before.TryToPixel(star, out var x, out var y);
            after.TryToPixel(star, out var movedX, out var movedY);
            var expected = pose.Apply(x, y);
            Assert.That(movedX, Is.EqualTo(expected.X).Within(1e-8));
            Assert.That(movedY, Is.EqualTo(expected.Y).Within(1e-8));
        }
    }

    [Test]
    public void A_pose_turns_from_the_x_axis_towards_the_y_axis_about_its_pivot_then_shifts()
    {
        Assert.That(new PixelPose(10, 20, 90, 100, 100).Apply(101, 100), Is.EqualTo((110.0, 121.0)).Using<(double X, double Y)>(
            (a, b) => Math.Abs(a.X - b.X) < 1e-9 && Math.Abs(a.Y - b.Y) < 1e-9));
    }
}
