namespace AstroJobs.Jobs.Tests;

public sealed class ByteAmountTests
{
    [TestCase("0", 0)]
    [TestCase("268435456", 268435456)]
    [TestCase("100B", 100)]
    [TestCase("1k", 1024)]
    [TestCase("256M", 256L << 20)]
    [TestCase("256MB", 256L << 20)]
    [TestCase("256MiB", 256L << 20)]
    [TestCase("1.5G", 3L << 29)]
    [TestCase("2T", 2L << 40)]
    [TestCase("", null)]
    [TestCase(null, null)]
    [TestCase("much", null)]
    [TestCase("M", null)]
    [TestCase("B", null)]
    [TestCase("1i", null)]
    [TestCase("1MBB", null)]
    [TestCase("-1", null)]
    [TestCase("1.", null)]
    [TestCase(".5M", null)]
    [TestCase("1 M", null)]
    [TestCase("1e3", null)]
    [TestCase("9999999999T", null)]
    public void Amounts_are_read_as_people_write_them(string? text, long? bytes) => Assert.That(ByteAmount.TryParse(text), Is.EqualTo(bytes));
}
