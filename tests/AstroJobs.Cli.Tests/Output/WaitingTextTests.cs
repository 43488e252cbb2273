using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Tests.Output;

public sealed class WaitingTextTests
{
    [TestCase(1, "1st")]
    [TestCase(2, "2nd")]
    [TestCase(3, "3rd")]
    [TestCase(4, "4th")]
    [TestCase(11, "11th")]
    [TestCase(12, "12th")]
    [TestCase(13, "13th")]
    [TestCase(21, "21st")]
    [TestCase(112, "112th")]
    [TestCase(10003, "10003rd")]
    public void A_place_is_spoken(int number, string expected) => Assert.That(WaitingText.Ordinal(number), Is.EqualTo(expected));

    [TestCase("slot", "waits for slot")]
    [TestCase("exclusive:mount", "waits for mount")]
    [TestCase("after:0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", "waits for job 0193b0a1c2d37e4f")]
    [TestCase("until:2026-11-21T23:00:00.000Z", "waits until 2026-11-21T23:00:00.000Z")]
    public void A_reason_is_spoken(string waitingFor, string expected) =>
        Assert.That(WaitingText.Reason(new JobStatus { JobId = default, Kind = "run", State = JobState.Queued, CreatedAt = default, UpdatedAt = default, WaitingFor = waitingFor }), Is.EqualTo(expected));
}
