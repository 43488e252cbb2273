using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Imaging.Tests.Stacking;

public sealed class CometMotionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 19, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_frame_is_laid_so_that_the_comet_stands_where_it_was()
    {
        var motion = CometMotion.TryParse("812.5,404@2026-11-21T19:00:00,872.5,374@2026-11-21T20:00:00", out var problem)!;
        Assert.That(problem, Is.Null);
        // Half an hour later it is 30 px further right and 15 px further up.
        var (x, y) = motion.Back(Start.AddMinutes(45), Start.AddMinutes(15)).Map(842.5 + 15, 389 - 7.5);
        Assert.That((x, y), Is.EqualTo((827.5, 396.5)).Within(1e-9));
    }

    [Test]
    public void It_is_where_it_was_in_the_middle_of_the_exposure()
    {
        Assert.That(CometMotion.MiddleOf(new FrameMetadata { DateObs = Start, Exposure = TimeSpan.FromMinutes(4) }), Is.EqualTo(Start.AddMinutes(2)));
        Assert.That(CometMotion.MiddleOf(new FrameMetadata { DateObs = Start }), Is.EqualTo(Start));
        Assert.That(CometMotion.MiddleOf(FrameMetadata.None), Is.Null);
    }

    [TestCase("1,2@2026-11-21T19:00,3,4@2026-11-21T19:00", "both times are the same")]
    [TestCase("1,2,3,4", "is no motion")]
    [TestCase("1,x@2026-11-21T19:00,3,4@2026-11-21T20:00", "is no motion")]
    [TestCase("1,2@yesterday,3,4@2026-11-21T20:00", "is no motion")]
    public void What_is_no_motion_is_told(string text, string told)
    {
        Assert.That(CometMotion.TryParse(text, out var problem), Is.Null);
        Assert.That(problem, Does.Contain(told));
    }
}
