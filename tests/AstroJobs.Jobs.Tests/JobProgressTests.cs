namespace AstroJobs.Jobs.Tests;

public sealed class JobProgressTests
{
    [TestCase(7, 20, 35.0)]
    [TestCase(1, 3, 33.3)]
    [TestCase(0, 5, 0.0)]
    [TestCase(9, 5, 100.0, Description = "never more than all")]
    [TestCase(-1, 5, 0.0)]
    public void Percent_has_one_decimal(long current, long total, double percent) =>
        Assert.That(new JobProgress(current, total, null, null).Percent, Is.EqualTo(percent));

    [TestCase(null)]
    [TestCase(0L)]
    public void Percent_is_unknown_without_a_total(long? total) => Assert.That(new JobProgress(1, total, null, null).Percent, Is.Null);
}
