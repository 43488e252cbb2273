using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class PrecessionTests
{
    /// <summary>θ Persei, Meeus, Astronomical Algorithms, example 21.b: from 2028 November 13.19 back to J2000 (its motion of its own already in).</summary>
    [Test]
    public void The_example_of_the_textbook_comes_out()
    {
        var position = Precession.ToJ2000(new SkyPosition(41.547214, 49.348483), 0.288670500);
        Assert.That(position.RaDeg, Is.EqualTo(41.054063).Within(0.00002));
        Assert.That(position.DecDeg, Is.EqualTo(49.227750).Within(0.00002));
    }
}
