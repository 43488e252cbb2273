using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Extract;

namespace AstroJobs.Kinds.Tests.Extract;

public sealed class StarOrderTests
{
    /// <summary>Half of what is bright may be lamps and lit twigs.</summary>
    [Test]
    public void What_is_much_wider_than_a_star_comes_last()
    {
        Star[] stars = [Of(1, 20), Of(2, 3), Of(3, 30), Of(4, 14, saturated: true), Of(5, 14), Of(6, 3.2), Of(7, 25), Of(8, 3), Of(9, 6.5)];
        Assert.That(StarOrder.ByBrightness(stars).Select(star => star.X), Is.EqualTo(new[] { 2.0, 4, 6, 8, 9, 1, 3, 5, 7 }), "a saturated star is a few times wider than a faint one");
        Assert.That(StarOrder.ByBrightness([]), Is.Empty);
    }

    [Test]
    public void Stars_from_all_over_the_picture_are_the_first_of_each_part_then_the_second()
    {
        Star[] stars = [Of(5, 3), Of(6, 3), Of(7, 3), Of(95, 3), Of(96, 3), Of(55, 3)];
        Assert.That(StarOrder.Spread(stars, 100, 100).Select(star => star.X), Is.EqualTo(new[] { 5.0, 95, 55, 6, 96, 7 }));
    }

    private static Star Of(double x, double fwhm, bool saturated = false) => new(x, 50, 1, 1, fwhm, 0, saturated, 0.01);
}
