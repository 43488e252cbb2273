using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class StarPairingTests
{
    /// <summary>A hot pixel beside a star must not be taken for it.</summary>
    [Test]
    public void Of_two_stars_on_one_target_the_nearer_is_its_pair_whichever_comes_first([Values] bool nearerFirst)
    {
        Star[] two = [At(101, 50, 9), At(103, 50, 8)];
        var frame = new StarField(200, 100, [nearerFirst ? two[0] : two[1], nearerFirst ? two[1] : two[0], At(20, 30, 5)], 0.1, 0.01, 1);
        var reference = new StarField(200, 100, [At(100, 50, 9), At(21, 30, 5)], 0.1, 0.01, 1);
        var pairs = new StarPairing(reference, 4).Within(frame, FrameMap.Identity, 4);
        Assert.That(pairs.Select(pair => (pair.Source.X, pair.Target.X)), Is.EquivalentTo(new[] { (101.0, 100.0), (20.0, 21.0) }));
    }

    private static Star At(double x, double y, double flux) => new(x, y, flux, 1, 3, 0, false, 0.1);
}
