using System.Diagnostics;
using AstroJobs.Jobs.Running;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class ProcessIdentityTests
{
    // proc(5): pid (comm) state ppid pgrp session tty_nr tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime priority nice num_threads itrealvalue starttime …
    private const string Tail = " S 1 2 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 200\n";

    [TestCase("sleep")]
    [TestCase("a b")]
    [TestCase(") Z 1 2 3 (")]
    [TestCase("((()))")]
    [TestCase("new\nline) R 9 9 9")]
    [TestCase("")]
    public void A_name_may_hold_anything(string name) =>
        Assert.That(ProcessIdentity.Parse($"4242 ({name}){Tail}"), Is.EqualTo(new ProcessIdentity(4242, 987654, 4711, 'S')));

    [TestCase('Z', true)]
    [TestCase('X', true)]
    [TestCase('R', false)]
    [TestCase('T', false)]
    public void A_zombie_is_dead_and_a_stopped_process_is_not(char state, bool isDead) => Assert.That(new ProcessIdentity(1, 1, 1, state).IsDead, Is.EqualTo(isDead));

    [Test]
    public void This_process_is_itself()
    {
        var self = ProcessIdentity.Self();
        var ticks = File.ReadAllText("/proc/uptime").Split(' ')[0];
        var startedAgo = DateTime.Now - Process.GetCurrentProcess().StartTime;
        var expected = (double.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture) - startedAgo.TotalSeconds) * 100; // USER_HZ
        Assert.Multiple(() =>
        {
            Assert.That(self.Pid, Is.EqualTo(Environment.ProcessId));
            Assert.That(self.StartTicks, Is.EqualTo(expected).Within(200));
            Assert.That(ProcessIdentity.All(), Has.One.Matches<ProcessIdentity>(one => one.Pid == self.Pid && one.StartTicks == self.StartTicks && one.Session == self.Session));
        });
    }

    [Test]
    public void There_is_no_process_beyond_the_largest_pid() => Assert.That(ProcessIdentity.TryRead(int.MaxValue), Is.Null);

    [Test]
    public void A_signal_does_not_reach_a_process_that_only_has_the_same_pid()
    {
        using var child = Process.Start("sleep", "600");
        try
        {
            var known = ProcessIdentity.TryRead(child.Id)!;
            Assert.That(Signals.Send(child.Id, known.StartTicks - 1, Signals.Kill), Is.False);
            Assert.That(child.WaitForExit(50), Is.False, "the stranger was hit");
            Assert.That(Signals.Send(child.Id, known.StartTicks, Signals.Kill));
            Assert.That(child.WaitForExit(60_000));
            Assert.That(Signals.Send(child.Id, known.StartTicks, Signals.Kill), Is.False, "it is gone");
        }
        finally
        {
            child.Kill();
        }
    }
}
