using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class FrameMapTests
{
    private static readonly PixelMap Turned = PixelMap.Similarity(0.8, 0.6, 30, -7, mirrored: false);
    private static readonly PixelMap Tilted = new(1.02, 0.01, 3, -0.02, 0.99, 5, 1e-4, -2e-4);

    [Test]
    public void What_moves_no_pixel_is_the_identity_and_six_numbers_are_affine() => Assert.Multiple(() =>
    {
        Assert.That(Tell(PixelMap.Identity, bent: false), Is.EqualTo((true, true)));
        Assert.That(Tell(Turned, bent: false), Is.EqualTo((false, true)));
        Assert.That(Tell(Tilted, bent: false), Is.EqualTo((false, false)));
        Assert.That(Tell(PixelMap.Identity, bent: true), Is.EqualTo((false, false)));
        Assert.That(Tell(Turned, bent: true), Is.EqualTo((false, false)));
    });

    /// <summary>By the definition of a derivative: the point itself is met, and the error grows with the square of the distance.</summary>
    [TestCase(0, 0)]
    [TestCase(120, -45)]
    public void Near_a_point_a_plane_map_does_the_same(double x, double y)
    {
        foreach (var map in new[] { FrameMap.Of(Tilted, TransformModel.Homography), FrameMap.Of(Turned, TransformModel.Similarity), Bent(Turned) })
        {
            var near = map.Near(x, y);
            Assert.That(Apart(near.Map(x, y), map.ToReference(x, y)), Is.Zero.Within(1e-9));
            foreach (var (dx, dy) in new[] { (1.0, 0.0), (0.0, 1.0), (-1.0, 1.0) })
                Assert.That(Apart(near.Map(x + dx, y + dy), map.ToReference(x + dx, y + dy)), Is.Zero.Within(2e-3));
        }
    }

    private static (bool IsIdentity, bool IsAffine) Tell(PixelMap plane, bool bent)
    {
        var map = bent ? Bent(plane) : FrameMap.Of(plane, TransformModel.Similarity);
        return (map.IsIdentity, map.IsAffine);
    }

    private static FrameMap Bent(PixelMap plane) => new(plane, new LensBend(2, 50, 40, 50, [0.02, -0.01, 0.03], [0.01, 0.02, -0.02]), TransformModel.Similarity);

    private static double Apart((double X, double Y) first, (double X, double Y) second) => Math.Sqrt(Math.Pow(first.X - second.X, 2) + Math.Pow(first.Y - second.Y, 2));
}
