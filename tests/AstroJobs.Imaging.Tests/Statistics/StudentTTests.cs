using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class StudentTTests
{
    // Two-sided critical values from the printed tables (Abramowitz & Stegun, table 26.10).
    [TestCase(0.95, 1, 12.706)]
    [TestCase(0.95, 2, 4.303)]
    [TestCase(0.95, 3, 3.182)]
    [TestCase(0.99, 4, 4.604)]
    [TestCase(0.95, 9, 2.262)]
    [TestCase(0.99, 10, 3.169)]
    [TestCase(0.95, 30, 2.042)]
    [TestCase(0.999, 60, 3.460)]
    public void Quantiles_are_those_of_the_tables(double probability, int degrees, double t)
    {
        Assert.That(StudentT.TwoSidedQuantile(probability, degrees), Is.EqualTo(t).Within(0.0006));
        Assert.That(StudentT.Within(StudentT.TwoSidedQuantile(probability, degrees), degrees), Is.EqualTo(probability).Within(1e-12));
    }
}
