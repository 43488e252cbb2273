using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>What a program is to die of (ASTROJOBS_FAIL_AT).</summary>
internal static class FailPlan
{
    private const int KilledExitCode = 128 + 9;

    /// <summary>Every point whose name begins with one of these words.</summary>
    public static IEnumerable<FailPoint> Of(params string[] steps) =>
        Enum.GetValues<FailPoint>().Where(point => steps.Any(step => point.ToString().StartsWith(step, StringComparison.Ordinal)));

    /// <summary>Runs a verb that must die at the point: a plan that is never reached would prove nothing.</summary>
    public static void RunKilled(this CallerStore store, string plan, params string[] arguments)
    {
        var said = store.RunPlanned($"{arguments[0]}/{plan}", arguments);
        Assert.That(said.ExitCode, Is.EqualTo(KilledExitCode), $"it passes {plan}: {said.Output}{said.Error}");
    }

    /// <summary>Runs a verb whose plan is carried out by itself or by a worker that it starts.</summary>
    public static Said RunPlanned(this CallerStore store, string plan, params string[] arguments)
    {
        store.Variables[FailPoints.Variable] = plan;
        try
        {
            return store.Run(arguments);
        }
        finally
        {
            store.Variables.Remove(FailPoints.Variable);
        }
    }

    /// <summary>Submits a job whose worker has a plan.</summary>
    public static string SubmitPlanned(this CallerStore store, string plan, params string[] program)
    {
        var said = store.RunPlanned($"work/{plan}", ["submit", "run", "--", .. program]);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        return said.JobId!;
    }

    /// <summary>Waits until the worker is dead and its lock with it: of a process that ends the kernel takes the memory first, by which we know it, and the files later.</summary>
    public static void WaitForDeath(this CallerStore store, string job) => CallerStore.Eventually(
        () => LiveProcesses.OfJob(job, Path.GetFileName(PublishedProgram.Path)).Count == 0 && !FolderLock.IsHeld(Path.Combine(store.Folder(job), "lock")),
        $"the worker of {Path.GetFileName(store.Folder(job))} is dead");
}
