using AstroJobs.Jobs.Running;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class RetryPolicyTests
{
    [TestCase(1, 10)]
    [TestCase(2, 20)]
    [TestCase(3, 40)]
    [TestCase(9, 2560)]
    [TestCase(10, 3600)]
    [TestCase(100, 3600)]
    public void The_pause_doubles_until_it_is_an_hour(int retry, double seconds) =>
        Assert.That(RetryPolicy.PauseBefore(retry, TimeSpan.FromSeconds(10), chance: 0.5).TotalSeconds, Is.EqualTo(seconds));

    [Test]
    public void Who_asks_for_more_than_an_hour_gets_it_each_time([Values(1, 2, 100)] int retry) =>
        Assert.That(RetryPolicy.PauseBefore(retry, TimeSpan.FromHours(8), chance: 0.5), Is.EqualTo(TimeSpan.FromHours(8)));

    [TestCase(0, 8)]
    [TestCase(0.5, 10)]
    [TestCase(1, 12)]
    public void Chance_spreads_it_by_a_fifth_either_way(double chance, double seconds) =>
        Assert.That(RetryPolicy.PauseBefore(1, TimeSpan.FromSeconds(10), chance).TotalSeconds, Is.EqualTo(seconds));

    [Test]
    public void No_delay_stays_none() => Assert.That(RetryPolicy.PauseBefore(100, TimeSpan.Zero, chance: 1), Is.EqualTo(TimeSpan.Zero));

    [TestCase(ErrorCode.WorkerLost, true)]
    [TestCase(ErrorCode.Interrupted, true)]
    [TestCase(ErrorCode.IoError, true)]
    [TestCase(ErrorCode.DiskFull, true)]
    [TestCase(ErrorCode.Timeout, true)]
    [TestCase(ErrorCode.ToolFailed, true)]
    [TestCase(ErrorCode.CameraNotFound, true)]
    [TestCase(ErrorCode.BadInput, false)]
    [TestCase(ErrorCode.ImageNotFound, false)]
    [TestCase(ErrorCode.ToolMissing, false)]
    [TestCase(ErrorCode.LibraryMissing, false)]
    [TestCase(ErrorCode.DependencyFailed, false)]
    [TestCase(ErrorCode.Corrupt, false)]
    [TestCase(ErrorCode.Internal, false)]
    public void Only_what_can_pass_is_tried_again(string code, bool canPass) => Assert.That(RetryPolicy.CanPass(code), Is.EqualTo(canPass));
}
