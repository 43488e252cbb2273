using System.Text.Json;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>Verbs about many jobs at once, named one by one or by filters.</summary>
public sealed class ManyJobsTests : CallerFixture
{
    [Test]
    public void Status_by_filter_has_an_entry_a_job_however_many_there_are()
    {
        var one = Done("--project", "a");
        Done("--project", "b");
        Assert.Multiple(() =>
        {
            Assert.That(IdsOf(Store.Run("status", "--project", "a")), Is.EqualTo([one]));
            Assert.That(IdsOf(Store.Run("status", "--state", "done")), Has.Count.EqualTo(2));
            var none = Store.Run("status", "--project", "c");
            Assert.That((none.ExitCode, none.Output), Is.EqualTo((0, "{\"ok\":true,\"jobs\":[]}\n")));
        });
    }

    [Test]
    public void Cancel_by_filter_takes_what_has_not_ended_and_nothing_else()
    {
        var ended = Done("--project", "a");
        var running = Store.SubmitWith(["--project", "a"], "sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");
        var waiting = Store.SubmitWith(["--project", "a"], "touch", Store.Beside("ran"));
        var dependent = Store.SubmitWith(["--project", "a", "--after", waiting], "touch", Store.Beside("ran"));
        var other = Store.SubmitWith(["--project", "b"], "true");
        var said = Store.Run("cancel", "--project", "a");
        Assert.Multiple(() =>
        {
            Assert.That(said.ExitCode, Is.Zero, said.Output);
            Assert.That(IdsOf(said), Is.EqualTo([dependent, waiting, running]));
            Assert.That(Jobs(said).Select(static job => job.GetProperty("state").GetString()), Has.All.EqualTo("cancelled"));
            Assert.That(Store.StoredState(ended), Is.EqualTo("done"));
            Assert.That(Store.Wait(other).ExitCode, Is.Zero);
            Assert.That(Store.Beside("ran"), Does.Not.Exist, "nothing was started in the place of what was stopped");
        });
        Assert.That(Store.Run("cancel", "--project", "a").Output, Is.EqualTo("{\"ok\":true,\"jobs\":[]}\n"));
    }

    [Test]
    public void Many_waiting_jobs_are_cancelled_by_one_command()
    {
        var running = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");
        File.WriteAllLines(Store.Beside("requests"), Enumerable.Repeat("""{"kind":"run","program":["true"],"group":"g"}""", 300));
        Assert.That(Store.Run("submit", "--batch", "requests").ExitCode, Is.Zero);
        var said = Store.Run("cancel", "--group", "g");
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        Assert.That(Jobs(said), Has.Count.EqualTo(300).And.All.Matches<JsonElement>(static job => job.GetProperty("found").GetString() == "queued"));
        Assert.That(Store.Run("cancel", running).ExitCode, Is.Zero);
    }

    [Test]
    public void Delete_by_filter_wants_a_yes_and_says_how_many_it_would_take()
    {
        string[] ids = [Done("--group", "g"), Done("--group", "g")];
        var other = Done();
        var asked = Store.Run("delete", "--group", "g");
        asked.MustFail(2, "usage");
        Assert.That(asked.Json.GetProperty("would_delete").GetInt32(), Is.EqualTo(2));
        Assert.That(Store.Folder(ids[0]), Does.Exist);
        var said = Store.Run("delete", "--group", "g", "--yes");
        Assert.That((said.ExitCode, IdsOf(said).Order()), Is.EqualTo((0, ids.Order())));
        Assert.That(ids.Select(Store.Folder), Has.None.Exist);
        Assert.That(Store.Folder(other), Does.Exist);
    }

    [Test]
    public void Delete_of_several_answers_one_entry_a_job_and_exits_with_the_worst()
    {
        var running = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");
        var gone = Store.SubmitWith(["--slot", "none"], "true");
        Store.Wait(gone);
        var said = Store.Run("delete", gone, "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", running);
        Assert.Multiple(() =>
        {
            Assert.That(said.ExitCode, Is.EqualTo(6));
            Assert.That(said.Json.GetProperty("ok").GetBoolean(), Is.False);
            Assert.That(Jobs(said).Select(static job => job.GetProperty("ok").GetBoolean()), Is.EqualTo([true, false, false]));
            Assert.That(Jobs(said).Skip(1).Select(static job => job.GetProperty("error").GetProperty("code").GetString()), Is.EqualTo(["job_not_found", "job_running"]));
        });
    }

    [Test]
    public void A_job_that_cannot_be_read_is_listed_and_counts_and_matches_no_filter_of_a_delete()
    {
        string[] ids = [Done(), Done(), Done()];
        File.WriteAllText(Store.StatusFile(ids[1]), "{");
        Assert.Multiple(() =>
        {
            Assert.That(IdsOf(Store.Run("list")), Is.EqualTo([ids[2], ids[1], ids[0]]), "in its place");
            Assert.That(IdsOf(Store.Run("list", "--limit", "2")), Is.EqualTo([ids[2], ids[1]]));
            Assert.That(IdsOf(Store.Run("delete", "--since", "1h", "--yes")), Is.EqualTo([ids[2], ids[0]]));
            Assert.That(Store.Folder(ids[1]), Does.Exist);
        });
    }

    [TestCase("status")]
    [TestCase("cancel")]
    [TestCase("delete")]
    public void Neither_ids_nor_filters_or_both_is_usage_2(string verb)
    {
        Store.Run(verb).MustFail(2, "usage");
        Store.Run(verb, "0193", "--project", "a").MustFail(2, "usage");
    }

    private string Done(params string[] options)
    {
        var id = Store.SubmitWith(options, "true");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        return id;
    }

    private static List<JsonElement> Jobs(Said said) => [.. said.Json.GetProperty("jobs").EnumerateArray()];

    private static List<string?> IdsOf(Said said) => [.. Jobs(said).Select(static job => job.GetProperty("job_id").GetString())];
}
