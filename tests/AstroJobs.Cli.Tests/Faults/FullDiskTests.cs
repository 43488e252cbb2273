using System.Globalization;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>A store on a disk of one megabyte.</summary>
[NonParallelizable]
public sealed class FullDiskTests : CallerFixture
{
    [SetUp]
    public void MountDisk()
    {
        Directory.CreateDirectory(Store.Root);
        var mounted = Store.RunProgram("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Store.Root);
        if (mounted.ExitCode != 0)
            Assert.Ignore($"A small disk cannot be mounted here: {mounted.Error}");
    }

    [TearDown]
    public void UnmountDisk()
    {
        CallerStore.Eventually(() => LiveProcesses.OfStore(Store.Root).Count == 0 || Kill(), "all have ended");
        Store.RunProgram("umount", "-l", Store.Root);
    }

    [Test]
    public void A_job_that_fills_the_disk_ends_as_disk_full_and_says_so_on_that_disk()
    {
        var id = Store.Submit("sh", "-c", $"cat /dev/zero > '{Store.Root}/filler'");
        var said = Store.Wait(id);
        Assert.That((said.State, said.ErrorCode), Is.EqualTo(("error", "disk_full")));
        Assert.That(Hint(said), Does.Contain($"astrojobs retry {id}"));
        Assert.That(Store.StoredState(id), Is.EqualTo("error"), "the terminal record found room");
        Assert.That(new DriveInfo(Store.Root).AvailableFreeSpace, Is.LessThan(64 << 10), "the disk was full");
    }

    [TestCase("burst", "--count", "100")]
    [TestCase("timelapse", "--every", "0.1s", "--count", "1000", "--grace", "1h")]
    public void A_series_ends_before_the_disk_is_full_and_goes_on_when_there_is_room(params string[] series)
    {
        Store.RunProgram("mount", "-o", "remount,size=6m", Store.Root); // ten frames of 384 KiB, with a margin of one megabyte
        var id = Store.Run(["submit", .. series, "--size", "512x384", "--instant"]).JobId!;
        var said = Store.Wait(id);
        Assert.That((said.State, said.ErrorCode), Is.EqualTo(("error", "disk_full")), said.Output);
        var frames = Directory.GetFiles(Path.Combine(Store.Folder(id), "output"), "*.fits");
        using var result = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(id), "output", "result.json")));
        Assert.Multiple(() =>
        {
            Assert.That(frames, Has.Length.InRange(8, 13));
            Assert.That(frames.Select(static frame => new FileInfo(frame).Length).Distinct().Count(), Is.EqualTo(1), "each is whole");
            Assert.That(result.RootElement.GetProperty("files").GetArrayLength(), Is.EqualTo(frames.Length), "each is listed");
            Assert.That(new DriveInfo(Store.Root).AvailableFreeSpace, Is.GreaterThan(512 << 10), "it is not full");
            Assert.That(Store.Run("log", id).Json.GetProperty("content").GetString(), Does.Contain("The disk has room for about"));
        });

        Store.RunProgram("mount", "-o", "remount,size=9m", Store.Root);
        Assert.That(Store.Run("resume", id).ExitCode, Is.Zero);
        Assert.That(Store.Wait(id).ErrorCode, Is.EqualTo("disk_full"));
        Assert.That(Directory.GetFiles(Path.Combine(Store.Folder(id), "output"), "*.fits"), Has.Length.GreaterThan(frames.Length));
    }

    [Test]
    public void A_stack_that_fills_the_disk_goes_on_where_it_stopped_when_there_is_room()
    {
        Store.RunProgram("mount", "-o", "remount,size=20m", Store.Root);
        var burst = Store.Run("submit", "burst", "--count", "8", "--size", "512x384", "--instant", "--format", "png").JobId!;
        Assert.That(Store.Wait(burst).State, Is.EqualTo("done"));
        var disk = new DriveInfo(Store.Root);
        Resize(disk.TotalSize - disk.AvailableFreeSpace + (2 << 20)); // the pixels of eight frames need three megabytes
        var id = Store.Run("submit", "stack", "--from-job", burst, "--checkpoint-every", "0").JobId!;
        var said = Store.Wait(id);
        Assert.That((said.State, said.ErrorCode), Is.EqualTo(("error", "disk_full")), said.Output);
        Assert.That(Hint(said), Does.Contain($"astrojobs resume {id}"));

        Resize(20 << 20);
        Assert.That(Store.Run("resume", id).ExitCode, Is.Zero);
        said = Store.Wait(id);
        Assert.That(said.State, Is.EqualTo("done"), said.Output);
        Assert.That(Store.Run("log", id).Json.GetProperty("content").GetString(), Does.Contain("Frame 1/8 kept from the run before"));
    }

    [Test]
    public void Submit_on_a_full_disk_is_an_error_and_leaves_nothing()
    {
        var first = Store.Submit("true");
        Store.Wait(first);
        var free = 40 << 10;
        for (; free >= 0; free -= 4096) // from room for almost all of a job to room for nothing
        {
            Fill(free);
            var said = Store.Run("submit", "run", "--slot", "none", "--", "true");
            if (said.ExitCode == 0)
            {
                Fill(100 << 10); // room for its worker, who may have had none until now
                var ended = Store.Wait(said.JobId!);
                Assert.That((ended.State, ended.ErrorCode), Is.EqualTo(("done", (string?)null)).Or.EqualTo(("error", "disk_full")), "it had room, or says that it had none");
                Store.Run("delete", said.JobId!);
                continue;
            }
            said.MustFail(1, "disk_full");
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Store.Root, ".astrojobs", "new")), Is.Empty);
            Assert.That(Directory.EnumerateDirectories(Store.Root).Select(Path.GetFileName), Is.EquivalentTo([".astrojobs", first]));
        }
        Assert.That(Store.Run("submit", "run", "--", "true").ExitCode, Is.EqualTo(1), "the last round had no room");
        Assert.That(Store.Run("status", first).State, Is.EqualTo("done"), "looking needs no room");
        File.Delete(Path.Combine(Store.Root, "filler"));
        Assert.That(Store.Wait(Store.Submit("true")).ExitCode, Is.Zero, "with room all is well again");
    }

    [Test]
    public void A_lost_worker_is_told_although_it_cannot_be_recorded()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        Fill(0);
        var said = Store.Run("status", id);
        Assert.That((said.ExitCode, said.State, said.ErrorCode), Is.EqualTo((0, "error", "worker_lost")));
    }

    [Test]
    public void A_store_that_may_only_be_read_is_read()
    {
        var done = Store.Submit("true");
        Store.Wait(done);
        var lost = Store.Submit("sleep", "600");
        var queued = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(lost, "sleep").Count == 1, "the tool runs");
        foreach (var pid in LiveProcesses.OfJob(lost))
            LiveProcesses.Kill(pid);
        CallerStore.Eventually(() => Store.RunProgram("mount", "-o", "remount,ro", Store.Root).ExitCode == 0, "it is read-only");
        Assert.Multiple(() =>
        {
            Assert.That(Store.Run("status", done).State, Is.EqualTo("done"));
            Assert.That(Store.Run("status", lost).ErrorCode, Is.EqualTo("worker_lost"));
            Assert.That(Store.Run("status", queued).State, Is.EqualTo("queued"));
            Assert.That(Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(3));
            Assert.That(Store.Run("log", done).ExitCode, Is.Zero);
        });
        Store.Run("submit", "run", "--", "true").MustFail(1, "io_error");
        Store.Run("delete", done).MustFail(1, "io_error");
    }

    /// <summary>Leaves so many bytes free.</summary>
    private void Fill(int free)
    {
        using var file = File.Open(Path.Combine(Store.Root, "filler"), FileMode.Create);
        file.Write(new byte[Math.Max(0, new DriveInfo(Store.Root).AvailableFreeSpace - free)]);
    }

    private bool Kill()
    {
        foreach (var pid in LiveProcesses.OfStore(Store.Root))
            LiveProcesses.Kill(pid);
        return false;
    }

    private static string? Hint(Said said) => said.Json.GetProperty("error").GetProperty("hint").GetString();

    private void Resize(long bytes) =>
        Assert.That(Store.RunProgram("mount", "-o", string.Create(CultureInfo.InvariantCulture, $"remount,size={bytes}"), Store.Root).ExitCode, Is.Zero);
}
