using AstroJobs.Jobs.Running;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class RequestedSlotsTests
{
    private static readonly string[] Cpu = ["cpu"];

    [Test]
    public void Nothing_asked_for_is_what_the_kind_says() => Assert.That(RequestedSlots.Of(["camera:sim"], JobLabels.None, 1), Is.EqualTo(["camera:sim"]));

    [Test]
    public void Processor_slots_and_exclusive_resources_add_up_each_resource_once() => Assert.That(
        RequestedSlots.Of(Cpu, new JobLabels { CpuSlots = 3, Exclusive = ["mount", "dome", "mount"] }, 4),
        Is.EqualTo(["cpu", "cpu", "cpu", "exclusive:mount", "exclusive:dome"]));

    [Test]
    public void A_resource_that_the_kind_holds_already_is_not_needed_twice() =>
        Assert.That(RequestedSlots.Of(["exclusive:mount"], new JobLabels { Exclusive = ["mount"] }, 1), Is.EqualTo(["exclusive:mount"]));

    [TestCase(5, 4, "bad_input")]
    [TestCase(100, 200, "bad_input")]
    [TestCase(0, 4, "usage")]
    public void A_number_of_slots_that_there_can_never_be_is_refused(int asked, int capacity, string code) =>
        Assert.That(() => RequestedSlots.Of(Cpu, new JobLabels { CpuSlots = asked }, capacity), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(code));

    [TestCase("camera:sim")]
    [TestCase(null)]
    public void Only_who_uses_the_processor_can_have_more_of_it(string? slot) =>
        Assert.That(() => RequestedSlots.Of(slot is null ? [] : [slot], new JobLabels { CpuSlots = 1 }, 4), Throws.TypeOf<JobException>().With.Property("Code").EqualTo("usage"));

    [Test]
    public void Names_that_no_file_name_holds_are_refused()
    {
        foreach (var names in (string[][])[[""], [new string('x', 81)], [.. Enumerable.Range(0, 30).Select(static i => $"resource {i}")]])
            Assert.That(() => RequestedSlots.Of(Cpu, new JobLabels { Exclusive = names }, 4), Throws.TypeOf<JobException>().With.Property("Code").EqualTo("bad_input"));
    }
}
