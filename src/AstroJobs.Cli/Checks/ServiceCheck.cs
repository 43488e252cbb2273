using System.Diagnostics;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Executors;

namespace AstroJobs.Cli.Checks;

/// <summary>Whether the caller lives in a systemd service: its restart ends all that is in its control group, workers too (systemd.kill(5)).</summary>
internal static class ServiceCheck
{
    private const string Name = "service";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IEnumerable<CheckResult> Run(AstroJobsEnvironment environment) =>
        File.Exists("/proc/self/cgroup") ? [Judge(File.ReadAllText("/proc/self/cgroup"), environment.Detachment, ReadKillMode)] : [];

    /// <param name="controlGroups">/proc/self/cgroup.</param>
    /// <param name="killModeOf">A service's KillMode, by its name and whether it is one of the user's own; null when systemd does not say.</param>
    internal static CheckResult Judge(string controlGroups, Detachment detachment, Func<string, bool, string?> killModeOf)
    {
        if (FindService(controlGroups) is not { } service)
            return new CheckResult(Name, true, "none: no restart of a service ends workers");
        if (detachment == Detachment.Scope)
            return new CheckResult(Name, true, $"{service.Name}; workers get scopes of their own (ASTROJOBS_DETACH=scope)");
        var killMode = killModeOf(service.Name, service.IsUsers) ?? "control-group"; // systemd's default
        return killMode is "process" or "none"
            ? new CheckResult(Name, true, $"{service.Name}, KillMode={killMode}: its restart spares workers")
            : new CheckResult(Name, true, $"{service.Name}, KillMode={killMode}: its restart kills workers", $"Set ASTROJOBS_DETACH=scope for {service.Name}, or KillMode=process in it.");
    }

    /// <summary>The unit that this process is in, where it is a service: the last unit of the path in systemd's own hierarchy.</summary>
    internal static (string Name, bool IsUsers)? FindService(string controlGroups)
    {
        var path = controlGroups.Split('\n')
            .Select(static line => line.Split(':', 3))
            .Where(static fields => fields is ["0", "", _] or [_, "name=systemd", _])
            .Select(static fields => fields[2].TrimEnd()).FirstOrDefault() ?? "";
        var parts = path.Split('/');
        var at = Array.FindLastIndex(parts, static part => part.EndsWith(".service", StringComparison.Ordinal) || part.EndsWith(".scope", StringComparison.Ordinal));
        var isService = at >= 0 && parts[at].EndsWith(".service", StringComparison.Ordinal) && !IsUserManager(parts[at]);
        return isService ? (parts[at], parts[..at].Any(IsUserManager)) : null;
    }

    private static bool IsUserManager(string unit) => unit.StartsWith("user@", StringComparison.Ordinal);

    private static string? ReadKillMode(string service, bool isUsers)
    {
        try
        {
            using var systemctl = Process.Start(new ProcessStartInfo("systemctl", [isUsers ? "--user" : "--system", "show", "--property=KillMode", "--value", service])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = systemctl.StandardOutput.ReadToEndAsync();
            if (systemctl.WaitForExit(Patience))
                return systemctl.ExitCode == 0 && said.Result.Trim() is { Length: > 0 } mode ? mode : null;
            systemctl.Kill();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no systemctl
        }
    }
}
