using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class ColourBalanceTests
{
    /// <summary>What is saturated stays white.</summary>
    [Test]
    public void The_least_factor_is_one() => Assert.That(ColourBalance.OfFactors([0.8, 1, 2]).Factors, Is.EqualTo(new[] { 1, 1.25, 2.5 }).Within(1e-12));

    [Test]
    public void The_sky_becomes_that_of_the_darkest_colour_once_they_are_balanced()
    {
        var balance = ColourBalance.OfFactors([2, 1, 1.5]).WithGreySky([0.1, 0.3, 0.1]);
        Assert.That(balance.Offsets, Is.EqualTo(new[] { -0.05, -0.15, 0 }).Within(1e-12));
        for (var channel = 0; channel < 3; channel++)
        {
            float[] samples = [.. Enumerable.Repeat(channel == 1 ? 0.3f : 0.1f, 19)]; // vectors and a tail
            balance.Apply(channel, samples);
            Assert.That(samples, Is.All.EqualTo(0.15).Within(1e-6));
        }
    }
}
