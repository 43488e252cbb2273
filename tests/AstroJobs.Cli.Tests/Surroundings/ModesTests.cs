using System.Globalization;

namespace AstroJobs.Cli.Tests.Surroundings;

/// <summary>Who may read and write a store: what the callers' umask says, and for a group that shares one, all of it.</summary>
public sealed class ModesTests : CallerFixture
{
    [TestCase("077")]
    [TestCase("022")]
    [TestCase("000")]
    public void All_that_is_made_has_the_mode_that_the_umask_leaves(string umask)
    {
        var said = Store.RunProgram("bash", "-c", """umask "$1"; "$ASTROJOBS" submit run --key k -- true >/dev/null && "$ASTROJOBS" submit run --wait -- sh -c umask && "$ASTROJOBS" submit run --start-at 1h -- true >/dev/null && "$ASTROJOBS" list""", "bash", umask);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        var masked = Convert.ToInt32(umask, 8);
        CallerStore.Eventually(() => File.Exists(Path.Combine(Store.Root, ".astrojobs", "alarm.log")), "the alarm");
        CallerStore.Eventually(() => LiveProcesses.OfStore(Store.Root).Count == 1, "the workers have ended, and the alarm alone is left");
        Assert.Multiple(() =>
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(Store.Root, "*", SearchOption.AllDirectories).Prepend(Store.Root))
                Assert.That(ModeOf(path), Is.EqualTo((Directory.Exists(path) ? 0x1FF : 0x1B6) & ~masked).Or.EqualTo(-1), path);
            Assert.That(Directory.EnumerateFiles(Store.Root, "task.log", SearchOption.AllDirectories).Select(File.ReadAllText), Has.Some.Contains(string.Create(CultureInfo.InvariantCulture, $"Z 0{umask}\n")), "the program has it too");
        });
    }

    /// <summary>The members of a group, each with umask 007, in a folder of the group's with the set-group-id bit: as README says.</summary>
    [Test]
    [Platform("Linux")]
    public void A_group_shares_a_store()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Ignore("Only root can be two other users.");
        const string group = "54321";
        Directory.CreateDirectory(Store.Root);
        Store.RunProgram("bash", "-c", """chgrp "$1" "$JOBS_DIR" && chmod 2770 "$JOBS_DIR" && chmod 755 .""", "bash", group);
        var first = As(10001, """submit run -- sleep 600""");
        var second = As(10002, """submit run -- sh -c 'exit 3'""");
        CallerStore.Eventually(() => LiveProcesses.OfJob(first.JobId!, "sleep").Count == 1, "the first runs");
        Assert.Multiple(() =>
        {
            Assert.That(As(10001, $"status {second.JobId}").State, Is.EqualTo("queued"));
            Assert.That(As(10002, $"log {first.JobId}").ExitCode, Is.Zero);
            Assert.That(As(10002, $"cancel {first.JobId}").Json.GetProperty("state").GetString(), Is.EqualTo("cancelled"), "by its request file: a signal is not allowed");
            Assert.That(As(10001, $"wait --timeout 100 {second.JobId}").State, Is.EqualTo("error"), "started by the other's worker when that ended");
            Assert.That(As(10001, $"retry {second.JobId}").ExitCode, Is.Zero);
            Assert.That(As(10002, $"wait --timeout 100 {second.JobId}").State, Is.EqualTo("error"));
            Assert.That(As(10002, $"delete {first.JobId}").ExitCode, Is.Zero);
            Assert.That(As(10001, $"delete {second.JobId}").ExitCode, Is.Zero);
        });

        Said As(int user, string verb) => Store.RunProgram("setpriv", $"--reuid={user}", $"--regid={user}", $"--groups={group}", "bash", "-c", $"umask 007; cd /; HOME=/tmp exec \"$ASTROJOBS\" {verb}");
    }

    private static int ModeOf(string path)
    {
        try
        {
            return (int)File.GetUnixFileMode(path);
        }
        catch (FileNotFoundException)
        {
            return -1; // a lock or an entry that is gone by now
        }
    }
}
