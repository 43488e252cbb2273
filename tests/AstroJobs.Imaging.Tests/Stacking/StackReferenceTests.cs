using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Stacking;

public sealed class StackReferenceTests
{
    [Test]
    public void The_sharpest_of_frames_alike_in_stars_is_the_reference() =>
        Assert.That(Rank((100, 3.2), (101, 2.8), (99, 3.0)), Is.EqualTo(new[] { 1, 2, 0 }));

    [Test]
    public void A_cloudy_frame_is_not_taken_for_its_sharp_remaining_stars() =>
        Assert.That(Rank((30, 2.5), (100, 3.5))[0], Is.EqualTo(1));

    [Test]
    public void Equal_frames_keep_their_order() => Assert.That(Rank((50, 3), (50, 3), (50, 3)), Is.EqualTo(new[] { 0, 1, 2 }));

    [Test]
    public void Frames_without_stars_can_be_ranked() => Assert.That(Rank((0, 1), (0, 1)), Is.EqualTo(new[] { 0, 1 }));

    private static IReadOnlyList<int> Rank(params (int Stars, double Fwhm)[] frames) =>
        StackReference.Rank([.. frames.Select(frame => new StarField(
            100, 100, [.. Enumerable.Repeat(new Star(1, 1, 1, 1, frame.Fwhm, 0, false, 0.1), frame.Stars)], 0, 0.01, 1))]);
}
