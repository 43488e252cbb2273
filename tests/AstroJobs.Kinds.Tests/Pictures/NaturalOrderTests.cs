using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Tests.Pictures;

public sealed class NaturalOrderTests
{
    [TestCase("frame-2.fits", "frame-10.fits")]
    [TestCase("a1b2", "a1b10")]
    [TestCase("9", "10")]
    [TestCase("frame", "frame-1")]
    [TestCase("a", "b")]
    [TestCase("1", "a")]
    [TestCase("99999999999999999999998", "99999999999999999999999")]
    public void Comes_before(string first, string second)
    {
        Assert.That(NaturalOrder.Comparer.Compare(first, second), Is.Negative);
        Assert.That(NaturalOrder.Comparer.Compare(second, first), Is.Positive);
    }

    [Test]
    public void Leading_zeros_make_other_names_of_one_number()
    {
        Assert.That(NaturalOrder.Comparer.Compare("f01", "f1"), Is.Not.Zero);
        Assert.That(new[] { "f10", "f02", "f1" }.Order(NaturalOrder.Comparer), Is.EqualTo(new[] { "f1", "f02", "f10" }));
        Assert.That(NaturalOrder.Comparer.Compare("f1", "f1"), Is.Zero);
    }
}
