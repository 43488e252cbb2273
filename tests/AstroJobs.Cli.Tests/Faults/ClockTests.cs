namespace AstroJobs.Cli.Tests.Faults;

/// <summary>The clock jumps by a day, as on a Raspberry Pi that finds the network: nothing is declared dead and no duration is negative.</summary>
public sealed class ClockTests : CallerFixture
{
    private static readonly string[] Jumps = ["+1d", "-1d"];

    [TestCaseSource(nameof(Jumps))]
    public void Whoever_looks_with_another_time_finds_the_worker_alive(string jump)
    {
        var gate = Store.Beside("gate");
        var id = Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        CallerStore.Eventually(() => Store.StoredState(id) == "processing", "it runs");
        var next = At(jump, "submit", "run", "--", "true").JobId!;

        Assert.Multiple(() =>
        {
            Assert.That(At(jump, "status", id).State, Is.EqualTo("processing"));
            Assert.That(At(jump, "status", next).State, Is.EqualTo("queued"));
            Assert.That(At(jump, "list", "--state", "processing").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(1));
            Assert.That(At(jump, "wait", id, "--timeout", "1").ExitCode, Is.EqualTo(124), "a time-out is no matter of the clock");
            Assert.That(At(jump, "prune", "--older-than", "1h").Json.GetProperty("ok").GetBoolean());
        });
        File.WriteAllText(gate, "");
        Assert.That(At(jump, "wait", id, "--timeout", "100").State, Is.EqualTo("done"));
        Assert.That(Store.Wait(next).State, Is.EqualTo("done"));
        MustHaveEndedInOrder(id);
        MustHaveEndedInOrder(next);
    }

    [TestCaseSource(nameof(Jumps))]
    public void A_job_of_another_time_is_cancelled_and_looked_at_as_any(string jump)
    {
        var id = At(jump, "submit", "run", "--", "sleep", "600").JobId!;
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        var queued = At(jump, "submit", "run", "--", "sleep", "600").JobId!;

        Assert.That(Store.Run("cancel", queued).State, Is.EqualTo("cancelled"));
        MustHaveEndedInOrder(queued);
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        Store.WaitForDeath(id);
        Assert.That(Store.Run("status", id).ErrorCode, Is.EqualTo("worker_lost"));
        MustHaveEndedInOrder(id);
        Assert.That(Store.Run("stats").Json.GetProperty("ok").GetBoolean());
    }

    private Said At(string jump, params string[] arguments)
    {
        var said = Store.RunProgram("env", [$"LD_PRELOAD={ClockLibrary()}", $"FAKETIME={jump}", PublishedProgram.Path, .. arguments]);
        Assert.That(said.Error, Is.Empty);
        return said;
    }

    /// <summary>Loaded without Debian's wrapper, which fails where a killed process of the same number has left a semaphore behind.</summary>
    private static string ClockLibrary() =>
        Directory.EnumerateDirectories("/usr/lib").Select(static folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).First(File.Exists);

    private void MustHaveEndedInOrder(string id)
    {
        var status = Store.Stored(id);
        var times = ((string[])["created_at", "started_at", "finished_at", "updated_at"]).Select(status.GetProperty)
            .Where(static time => time.ValueKind == System.Text.Json.JsonValueKind.String).Select(static time => time.GetDateTimeOffset()).ToList();
        Assert.That(times, Is.Ordered, status.ToString());
    }
}
