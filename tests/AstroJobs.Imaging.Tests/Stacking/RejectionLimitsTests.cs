using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Imaging.Tests.Stacking;

public sealed class RejectionLimitsTests
{
    /// <summary>Those that PixInsight's ImageIntegration begins with; of ESD the outliers and the significance.</summary>
    [TestCase(StackRejection.Percentile, 0.2, 0.1)]
    [TestCase(StackRejection.Gesd, 0.3, 0.05)]
    [TestCase(StackRejection.Sigma, 3, 3)]
    [TestCase(StackRejection.Winsorized, 3, 3)]
    public void The_usual_ones_are_those_of_other_programs(StackRejection rejection, double low, double high) =>
        Assert.That(RejectionLimits.DefaultFor(rejection), Is.EqualTo(new RejectionLimits(low, high)));

    [Test]
    public void The_usual_ones_are_allowed([Values] StackRejection rejection) => Assert.That(RejectionLimits.DefaultFor(rejection).Problem(rejection), Is.Null);

    [TestCase(StackRejection.Sigma, 0, 3, "low limit 0 ")]
    [TestCase(StackRejection.Sigma, 3, -1, "high limit -1 ")]
    [TestCase(StackRejection.Sigma, 100.5, 3, "low limit 100.5 ")]
    [TestCase(StackRejection.Sigma, 3, double.NaN, "high limit NaN ")]
    [TestCase(StackRejection.Percentile, 0.2, 3, "high limit 3 ")]
    [TestCase(StackRejection.Percentile, 1.01, 0.1, "low limit 1.01 ")]
    [TestCase(StackRejection.Gesd, 0.6, 0.05, "low limit 0.6 ")]
    public void What_means_nothing_is_told_with_what_is_allowed(StackRejection rejection, double low, double high, string told) =>
        Assert.That(new RejectionLimits(low, high).Problem(rejection), Does.Contain(told).And.Contain("is not above 0 and up to "));

    [TestCase(StackRejection.Sigma, 100, 100)]
    [TestCase(StackRejection.Percentile, 1, 1)]
    [TestCase(StackRejection.Gesd, 0.5, 0.5)]
    public void The_greatest_are_still_allowed(StackRejection rejection, double low, double high) => Assert.That(new RejectionLimits(low, high).Problem(rejection), Is.Null);
}
