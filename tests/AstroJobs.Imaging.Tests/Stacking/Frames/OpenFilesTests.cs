using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Tests.Stacking.Frames;

public sealed class OpenFilesTests
{
    [TestCase("Max open files            1024                 524288               files", 256)]
    [TestCase("Max open files            256                  256                  files", 128)]
    [TestCase("Max open files            unlimited            unlimited            files", 256)]
    [TestCase("Max processes             64                   64                   processes", 256)]
    public void At_most_half_of_what_a_process_may_have_wait_open(string limit, int most) =>
        Assert.That(OpenFiles.Most(["Limit                     Soft Limit           Hard Limit           Units", limit]), Is.EqualTo(most));

    [Test]
    public void This_process_has_a_limit_that_is_understood()
    {
        Assert.That(File.ReadLines("/proc/self/limits"), Has.One.StartsWith("Max open files "));
        Assert.That(OpenFiles.OfThisProcess().TryKeep(), Is.True);
    }

    [Test]
    public void No_more_are_kept_than_were_said()
    {
        var files = new OpenFiles(2);
        Assert.That((files.TryKeep(), files.TryKeep(), files.TryKeep()), Is.EqualTo((true, true, false)));
        files.Take();
        Assert.That(files.TryKeep(), Is.True);
    }
}
