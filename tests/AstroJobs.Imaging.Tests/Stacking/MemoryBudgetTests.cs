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
}
