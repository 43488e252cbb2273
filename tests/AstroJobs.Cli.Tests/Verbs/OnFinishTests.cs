using System.Text.Json;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>Whoever asked for it is told of a job's end, however it ended; and nobody is harmed by how that goes.</summary>
public sealed class OnFinishTests : CallerFixture
{
    private string Told => Store.Beside("told.json");

    /// <summary>Leaves what it is told in the file <see cref="Told"/>, which appears whole.</summary>
    private string[] Hook => OnFinish("sh", "-c", """cat > "$0.part" && mv "$0.part" "$0" """, Told);

    [TestCase("exit 0", "done")]
    [TestCase("exit 3", "error")]
    public void The_end_of_the_work_is_told_with_the_status_as_it_is_on_disk(string script, string state)
    {
        var id = Store.SubmitWith(Hook, "sh", "-c", script);
        Assert.That(MustBeTold(id, state).GetProperty("attempt").GetInt32(), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Told), Is.EqualTo(File.ReadAllText(Store.StatusFile(id))));
        Assert.That(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(id), "job.json"))).RootElement.GetProperty("on_finish")[0].GetString(), Does.StartWith("/").And.EndWith("/sh"));
    }

    [Test]
    public void So_is_a_cancel_of_a_job_that_runs()
    {
        var id = Store.SubmitWith(Hook, "sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "it runs");
        Assert.That(Store.Run("cancel", id).ExitCode, Is.Zero);
        MustBeTold(id, "cancelled");
    }

    [Test]
    public void So_is_a_cancel_of_a_job_that_waits_and_what_fails_for_its_sake()
    {
        var first = Store.SubmitWith(["--start-at", "1h"], "true");
        var told = Store.Beside("second.json");
        var second = Store.SubmitWith(["--after", first, .. OnFinish("cp", "/dev/stdin", told)], "true");
        Store.Run("cancel", first);
        CallerStore.Eventually(() => File.Exists(told) && File.ReadAllText(told) == File.ReadAllText(Store.StatusFile(second)), "told");
        Assert.That(Store.Stored(second).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("dependency_failed"));

        var waiting = Store.SubmitWith(["--start-at", "1h", .. Hook], "true");
        Assert.That(Store.Run("cancel", waiting).ExitCode, Is.Zero);
        MustBeTold(waiting, "cancelled");
    }

    [Test]
    public void So_is_the_loss_of_a_worker_by_who_finds_it()
    {
        var id = Store.SubmitWith(Hook, "sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "it runs");
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        CallerStore.Eventually(() => Store.Run("status", id).State == "error", "lost");
        Assert.That(MustBeTold(id, "error").GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("worker_lost"));
    }

    [Test]
    public void Each_end_is_told_once_but_no_attempt_that_the_engine_tries_again()
    {
        var id = Store.SubmitWith(Hook, "false");
        Assert.That(MustBeTold(id, "error").GetProperty("attempt").GetInt32(), Is.EqualTo(1));
        File.Delete(Told);
        Assert.That(Store.Run("retry", id).ExitCode, Is.Zero);
        Assert.That(MustBeTold(id, "error").GetProperty("attempt").GetInt32(), Is.EqualTo(2));

        var all = Store.Beside("all");
        var again = Store.SubmitWith(["--retries", "2", "--retry-delay", "0", .. OnFinish("sh", "-c", """cat >> "$0" """, all)], "false");
        Assert.That(Store.Wait(again).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(3));
        CallerStore.Eventually(() => File.Exists(all) && File.ReadAllText(all) == File.ReadAllText(Store.StatusFile(again)), "told of the end, and of nothing before it");
    }

    [Test]
    public void A_job_that_is_deleted_at_once_is_told_all_the_same()
    {
        var id = Store.SubmitWith(Hook, "true");
        Store.Run("wait", id); // and no longer: its worker may still hold its lock
        Assert.That(Store.Run("delete", id).ExitCode, Is.Zero);
        CallerStore.Eventually(() => File.Exists(Told), "told");
        Assert.That(JsonDocument.Parse(File.ReadAllBytes(Told)).RootElement.GetProperty("job_id").GetString(), Is.EqualTo(id));
    }

    [Test]
    public void A_batch_names_it_as_a_list()
    {
        var request = JsonSerializer.Serialize(new { kind = "run", program = (string[])["true"], on_finish = Hook.Select(static word => word["--on-finish=".Length..]) });
        var said = Store.RunProgram("bash", "-c", """printf '%s\n' "$1" | "$ASTROJOBS" submit --batch -""", "bash", request);
        MustBeTold(said.JobId!, "done");
    }

    [Test]
    public void One_that_fails_is_logged_and_harms_nothing()
    {
        var id = Store.SubmitWith(OnFinish("sh", "-c", "echo nobody home; exit 3"), "true");
        CallerStore.Eventually(() => Log(id).Contains("The program of --on-finish failed: ", StringComparison.Ordinal), "logged");
        Assert.That(Log(id), Does.Contain("Z nobody home\n").And.Contain("sh ended with exit code 3"));
        Assert.That(Store.StoredState(id), Is.EqualTo("done"));
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
    }

    [Test]
    public void One_that_hangs_is_stopped_and_holds_up_neither_the_job_nor_the_next_one()
    {
        Store.Variables["ASTROJOBS_ON_FINISH_TIMEOUT"] = "3";
        var id = Store.SubmitWith(OnFinish("sleep", "600"), "true");
        Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
        var next = Store.Submit("true");
        Assert.That(Store.Wait(next).State, Is.EqualTo("done"));
        CallerStore.Eventually(() => Log(id).Contains("The program of --on-finish failed: ", StringComparison.Ordinal), "logged");
        Assert.That(Log(id), Does.Contain("did not end within 3 s and was stopped"));
        CallerStore.Eventually(() => LiveProcesses.OfStore(Store.Root).Count == 0, "nothing of it is left");
    }

    [Test]
    public void One_that_does_not_exist_is_refused_before_there_is_a_job()
    {
        Store.Run("submit", "run", "--on-finish", "no-such-program", "--", "true").MustFail(7, "tool_missing");
        Assert.That(Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.Zero);
    }

    private static string[] OnFinish(params string[] command) => [.. command.Select(static word => $"--on-finish={word}")];

    private JsonElement MustBeTold(string id, string state)
    {
        CallerStore.Eventually(() => File.Exists(Told), "told");
        var status = JsonDocument.Parse(File.ReadAllBytes(Told)).RootElement;
        Assert.That(status.GetProperty("job_id").GetString(), Is.EqualTo(id));
        Assert.That(status.GetProperty("state").GetString(), Is.EqualTo(state));
        return status;
    }

    private string Log(string id) => File.ReadAllText(Path.Combine(Store.Folder(id), "task.log"));
}
