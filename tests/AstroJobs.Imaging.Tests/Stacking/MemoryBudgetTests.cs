using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Imaging.Tests.Stacking;

public sealed class MemoryBudgetTests
{
    [Test]
    public void Available_memory_is_read_in_kibibytes() =>
        Assert.That(MemoryBudget.Available(["MemTotal:        1000000 kB", "MemAvailable:     512000 kB"]), Is.EqualTo(512000L * 1024));

    [Test]
    public void An_unknown_meminfo_tells_nothing() => Assert.That(MemoryBudget.Available(["nonsense"]), Is.Null);

    [Test]
    public void The_default_is_never_less_than_128_MiB() => Assert.That(MemoryBudget.Default(), Is.GreaterThanOrEqualTo(128L << 20));

    [Test]
    public void The_default_leaves_the_machine_three_quarters() =>
        Assert.That(MemoryBudget.Default(), Is.LessThanOrEqualTo(Math.Max(128L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4)));

    [TestCase(null, 6000, 30, 2, 262)] // nobody asked: no more than is of use
    [TestCase(null, 6000, 30, 8, 1222)]
    [TestCase(null, 200, 30, 2, 142)]
    [TestCase(6000, 6000, 30, 2, 5942)]
    [TestCase(20, 20, 30, 1, 16)] // something to work with
    public void Strips_get_what_the_preview_and_the_rest_leave(int? asked, int budget, int preview, int threads, int expected) =>
        Assert.That(MemoryBudget.ForStrips(asked is { } megabytes ? (long)megabytes << 20 : null, (long)budget << 20, (long)preview << 20, threads) >> 20, Is.EqualTo(expected));
}
