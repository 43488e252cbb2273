using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class FolderRemovalTests : FolderFixture
{
    private string Job => Folder.File("job");

    [Test]
    public void All_of_it_goes_and_nothing_that_a_link_leads_to()
    {
        var kept = Directory.CreateDirectory(Folder.File("kept")).FullName;
        File.WriteAllText(Path.Combine(kept, "light.fits"), "the night");
        Directory.CreateDirectory(Path.Combine(Job, "a", "b", "c"));
        File.WriteAllText(Path.Combine(Job, "a", "..."), "");
        File.WriteAllText(Path.Combine(Job, "a", "b", ".hidden"), "");
        Directory.CreateSymbolicLink(Path.Combine(Job, "a", "folder"), kept);
        File.CreateSymbolicLink(Path.Combine(Job, "file"), Path.Combine(kept, "light.fits"));
        File.CreateSymbolicLink(Path.Combine(Job, "nowhere"), Folder.File("nothing"));
        FolderRemoval.Remove(Job + "/");
        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.EqualTo([kept]));
        Assert.That(File.ReadAllText(Path.Combine(kept, "light.fits")), Is.EqualTo("the night"));
    }

    [Test]
    public void A_name_that_is_no_text_goes_too()
    {
        using var file = new TornName(Directory.CreateDirectory(Path.Combine(Job, "output")).FullName);
        Assert.That(() => Directory.Delete(Job, recursive: true), Throws.InstanceOf<IOException>(), "else there is no need for this");
        FolderRemoval.Remove(Job);
        Assert.That(Directory.GetFileSystemEntries(Folder.Path), Is.Empty);
    }

    [Test]
    public void More_names_than_the_kernel_tells_at_once_go()
    {
        Directory.CreateDirectory(Job);
        for (var i = 0; i < 1500; i++) // 40 bytes each and more, of 32 KiB
            File.WriteAllText(Path.Combine(Job, $"frame-{i}.fits"), "");
        FolderRemoval.Remove(Job);
        Assert.That(Directory.Exists(Job), Is.False);
    }

    [Test, CancelAfter(60_000)]
    public void Several_may_remove_it_at_once(CancellationToken cancellation)
    {
        for (var i = 0; i < 200; i++)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Job, $"{i % 7}", "deep")).FullName, $"{i}"), "");
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = cancellation }, _ => FolderRemoval.Remove(Job));
        Assert.That(Directory.Exists(Job), Is.False);
    }

    [Test]
    public void What_is_not_there_is_no_trouble() => Assert.That(() => FolderRemoval.Remove(Folder.File("none", "such")), Throws.Nothing);

    [Test]
    public void What_cannot_be_deleted_is_named() =>
        Assert.That(() => FolderRemoval.Remove("/proc/version"), Throws.InstanceOf<IOException>().With.Message.StartsWith("Cannot delete '/proc/version': "));
}
