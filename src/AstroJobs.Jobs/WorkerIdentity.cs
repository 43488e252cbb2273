namespace AstroJobs.Jobs;

/// <summary>Which process runs a job: the pid is trusted only together with its start ticks and the boot it belongs to.</summary>
/// <param name="StartTicks">Field 22 of /proc/PID/stat: clock ticks from boot to the start of the process.</param>
/// <param name="BootId">/proc/sys/kernel/random/boot_id.</param>
public sealed record WorkerIdentity(int Pid, long StartTicks, string BootId, string Host, string Executor);
