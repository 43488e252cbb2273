using AstroJobs.Cli.Checks;
using AstroJobs.Jobs.Executors;

namespace AstroJobs.Cli.Tests.Checks;

public sealed class ServiceCheckTests
{
    [TestCase("0::/system.slice/backend.service\n", "backend.service", false)]
    [TestCase("0::/system.slice/backend.service/workers\n", "backend.service", false, Description = "a group within it")]
    [TestCase("0::/system.slice/system-backend.slice/backend@1.service\n", "backend@1.service", false)]
    [TestCase("0::/user.slice/user-1000.slice/user@1000.service/app.slice/backend.service\n", "backend.service", true)]
    [TestCase("12:pids:/x\n1:name=systemd:/system.slice/cron.service\n0::/\n", "cron.service", false, Description = "cgroup v1, as proc(5) orders it")]
    [TestCase("0::/user.slice/user-1000.slice/session-3.scope\n", null, false, Description = "a login")]
    [TestCase("0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-terminal-12.scope\n", null, false, Description = "a terminal on a desktop")]
    [TestCase("0::/system.slice/astrojobs.service/x.scope\n", null, false)]
    [TestCase("0::/user.slice/user-1000.slice/user@1000.service/init.scope\n", null, false)]
    [TestCase("0::/system.slice/docker-0123.scope\n", null, false)]
    [TestCase("0::/\n", null, false)]
    [TestCase("", null, false)]
    public void The_service_is_found_by_the_control_group(string groups, string? service, bool isUsers) =>
        Assert.That(ServiceCheck.FindService(groups), Is.EqualTo(service is null ? ((string, bool)?)null : (service, isUsers)));

    [TestCase("control-group", true)]
    [TestCase("mixed", true)]
    [TestCase(null, true, Description = "systemd's default")]
    [TestCase("process", false)]
    [TestCase("none", false)]
    public void It_warns_where_a_restart_of_the_service_would_kill_workers(string? killMode, bool warns)
    {
        var check = ServiceCheck.Judge("0::/system.slice/backend.service\n", Detachment.Session, (_, _) => killMode);
        Assert.That(check.Ok, Is.True, "nothing is missing");
        Assert.That(check.Mend, warns ? Does.Contain("ASTROJOBS_DETACH=scope") : Is.Null);
        Assert.That(check.Found, Does.StartWith("backend.service"));
    }

    [Test]
    public void Workers_in_scopes_of_their_own_are_safe()
    {
        Assert.That(ServiceCheck.Judge("0::/system.slice/backend.service\n", Detachment.Scope, static (_, _) => throw new InvalidOperationException()).Mend, Is.Null);
        Assert.That(ServiceCheck.Judge("0::/\n", Detachment.Session, static (_, _) => throw new InvalidOperationException()).Mend, Is.Null);
    }
}
