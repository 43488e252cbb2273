using System.Globalization;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Checks;

/// <summary>What the machine gives to a job.</summary>
internal static class MachineCheck
{
    public static IEnumerable<CheckResult> Run(AstroJobsEnvironment environment)
    {
        yield return File.Exists("/proc/self/stat")
            ? new CheckResult("proc", true, "/proc is mounted")
            : new CheckResult("proc", false, "/proc is not mounted", "mount -t proc proc /proc");
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return new CheckResult("memory", true, string.Create(CultureInfo.InvariantCulture, $"{memory / 1e9:0.0} GB"));
        yield return new CheckResult("processors", true, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}, {environment.CpuSlots} job(s) of the slot cpu at once (ASTROJOBS_CPU_SLOTS)"));
    }
}
