using AstroJobs.Cli.Output;

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
}
