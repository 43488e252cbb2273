using System.Diagnostics;
using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class FolderLockTests : FolderFixture
{
    // F_OFD_SETLK (37) with an exclusive lock of the whole file, by another program than ours; then it says so and sleeps.
    private const string Holder =
        "import fcntl,struct,sys,time; f=open(sys.argv[1],'a+'); fcntl.fcntl(f, 37, struct.pack('hhqqi',1,0,0,0,0)); print('held',flush=True); time.sleep(600)";

    private string Path => Folder.File("lock");

    [Test]
    public void A_lock_has_one_holder_also_within_one_process()
    {
        using var held = FolderLock.TryAcquire(Path);
        Assert.Multiple(() =>
        {
            Assert.That(held, Is.Not.Null);
            Assert.That(FolderLock.TryAcquire(Path), Is.Null);
            Assert.That(FolderLock.IsHeld(Path));
        });
        held!.Dispose();
        Assert.That(FolderLock.IsHeld(Path), Is.False);
        using var again = FolderLock.TryAcquire(Path);
        Assert.That(again, Is.Not.Null);
    }

    [Test]
    public void Asking_makes_no_file()
    {
        Assert.That(FolderLock.IsHeld(Path), Is.False);
        Assert.That(File.Exists(Path), Is.False);
    }

    [Test]
    [CancelAfter(90_000)]
    public void A_lock_of_another_process_is_seen_and_freed_when_that_is_killed()
    {
        using var other = Process.Start(new ProcessStartInfo("python3", ["-c", Holder, Path]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.That(other.StandardOutput.ReadLine(), Is.EqualTo("held"));
            Assert.Multiple(() =>
            {
                Assert.That(FolderLock.IsHeld(Path));
                Assert.That(FolderLock.TryAcquire(Path), Is.Null);
                Assert.That(FolderLock.Acquire(Path, TimeSpan.FromMilliseconds(30)), Is.Null);
            });
            other.Kill();
            other.WaitForExit();
            using var mine = FolderLock.TryAcquire(Path);
            Assert.That(mine, Is.Not.Null);
        }
        finally
        {
            other.Kill();
        }
    }

    [Test]
    public void An_adopted_lock_goes_on_when_its_giver_lets_go()
    {
        var given = FolderLock.TryAcquire(Path)!;
        var fd = Libc.Fcntl(FileDescriptor.Number(given.Handle), Libc.DuplicateCloseOnExec, 0);
        using (FolderLock.Adopt(fd))
        {
            given.Dispose();
            Assert.That(FolderLock.IsHeld(Path));
        }
        Assert.That(FolderLock.IsHeld(Path), Is.False);
    }

    [Test]
    [CancelAfter(90_000)]
    public void A_lock_handed_to_a_detached_process_lives_as_long_as_that()
    {
        var given = FolderLock.TryAcquire(Path)!;
        var pid = DetachedProcess.Start(["/bin/sleep", "600"], Folder.Path, Folder.File("log"), [], [given.Handle]);
        var known = ProcessIdentity.TryRead(pid)!;
        try
        {
            given.Dispose();
            Assert.That(FolderLock.IsHeld(Path), "there is no gap");
        }
        finally
        {
            Signals.Send(pid, known.StartTicks, Signals.Kill);
        }
        using var freed = FolderLock.Acquire(Path, TimeSpan.FromSeconds(60));
        Assert.That(freed, Is.Not.Null, "the kernel dropped it");
    }

    [Test]
    public void A_lock_in_a_folder_that_is_not_there_says_so() =>
        Assert.That(() => FolderLock.TryAcquire(Folder.File("no", "lock")), Throws.InstanceOf<IOException>().With.Message.Contains("no/lock"));
}
