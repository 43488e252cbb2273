using AstroJobs.Cli.Tests.Faults;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary><c>--verbose</c>: the engine's own steps on stderr, so that a person sees why, and a caller's JSON stays what it was.</summary>
public sealed class VerboseTests : CallerFixture
{
    [Test]
    public void The_engine_tells_what_it_starts_and_mends_on_stderr_alone()
    {
        var submitted = Store.Run("submit", "run", "--verbose", "--", "sleep", "600");
        var id = submitted.JobId!;
        Assert.That(submitted.Error, Does.Match($@"\A\S+Z info: astrojobs\[0\] Started process \d+ for attempt 1 of job {id}\n\z"));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        Store.WaitForDeath(id);

        var looked = Store.Run("status", id, "--verbose");

        Assert.That(looked.ErrorCode, Is.EqualTo("worker_lost"));
        Assert.That(looked.Error, Does.Contain($"Job {id} lost its worker"));
        Assert.That(Store.Run("status", id).Error, Is.Empty);
    }
}
