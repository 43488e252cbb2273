using AstroJobs.Jobs.Processes;

namespace AstroJobs.Jobs.Tests.Processes;

public sealed class NicenessTests
{
    /// <summary>ioprio_set(2): the class in the highest three of sixteen bits; what a process has that set none is (nice + 20) / 5 of the class best effort.</summary>
    [TestCase(-20, 0x4000)]
    [TestCase(0, 0x4004)]
    [TestCase(10, 0x4006)]
    [TestCase(18, 0x4007)]
    [TestCase(19, 0x6000)]
    public void The_disk_is_shared_as_the_processor_is(int nice, int expected) => Assert.That(Niceness.IoPriorityOf(nice), Is.EqualTo(expected));
}
