using AstroJobs.Jobs.Running;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class AlarmTests
{
    [TestCase(10, true, 10)]
    [TestCase(30, true, 30)]
    [TestCase(86400, true, 30, Description = "the clock may be set meanwhile")]
    [TestCase(0.25, true, 0.25)]
    [TestCase(86400, false, 1, Description = "nobody tells of a new, earlier job")]
    [TestCase(0.25, false, 0.25)]
    [TestCase(0, true, 1, Description = "a dispatch that could not be made is not tried in a loop")]
    [TestCase(-86400, true, 1)]
    public void It_sleeps_until_the_next_is_due_but_never_long(double secondsLeft, bool hearsChanges, double expected) =>
        Assert.That(Alarm.SleepBefore(MadeJobs.Night.AddSeconds(secondsLeft), MadeJobs.Night, hearsChanges).TotalSeconds, Is.EqualTo(expected));
}
