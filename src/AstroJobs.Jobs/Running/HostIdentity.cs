namespace AstroJobs.Jobs.Running;

/// <summary>This machine, and this boot of it.</summary>
internal static class HostIdentity
{
    public static string Name => Environment.MachineName;

    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
