using System.Text.Json;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>Verbs about many jobs at once, named one by one or by filters.</summary>
public sealed class ManyJobsTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void Status_by_filter_has_an_entry_a_job_however_many_there_are()
    {
        var one = Done("--project", "a");
        Done("--project", "b");
        Assert.Multiple(() =>
        {
            Assert.That(IdsOf(_store.Run("status", "--project", "a")), Is.EqualTo([one]));
            Assert.That(IdsOf(_store.Run("status", "--state", "done")), Has.Count.EqualTo(2));
            var none = _store.Run("status", "--project", "c");
            Assert.That((none.ExitCode, none.Output), Is.EqualTo((0, "{\"ok\":true,\"jobs\":[]}\n")));
        });
    }

    [Test]
    public void Cancel_by_filter_takes_what_has_not_ended_and_nothing_else()
    {
        var ended = Done("--project", "a");
        var running = _store.SubmitWith(["--project", "a"], "sleep", "60");
        CallerStore.Eventually(() => _store.StoredState(running) == "processing", "it runs");
        var waiting = _store.SubmitWith(["--project", "a"], "touch", _store.Beside("ran"));
        var dependent = _store.SubmitWith(["--project", "a", "--after", waiting], "touch", _store.Beside("ran"));
        var other = _store.SubmitWith(["--project", "b"], "true");
        var said = _store.Run("cancel", "--project", "a");
        Assert.Multiple(() =>
        {
            Assert.That(said.ExitCode, Is.Zero, said.Output);
            Assert.That(IdsOf(said), Is.EqualTo([dependent, waiting, running]));
            Assert.That(Jobs(said).Select(static job => job.GetProperty("state").GetString()), Has.All.EqualTo("cancelled"));
            Assert.That(_store.StoredState(ended), Is.EqualTo("done"));
            Assert.That(_store.Wait(other).ExitCode, Is.Zero);
            Assert.That(_store.Beside("ran"), Does.Not.Exist, "nothing was started in the place of what was stopped");
        });
        Assert.That(_store.Run("cancel", "--project", "a").Output, Is.EqualTo("{\"ok\":true,\"jobs\":[]}\n"));
    }

    [Test]
    public void Many_waiting_jobs_are_cancelled_by_one_command()
    {
        var running = _store.Submit("sleep", "60");
        CallerStore.Eventually(() => _store.StoredState(running) == "processing", "it runs");
        File.WriteAllLines(_store.Beside("requests"), Enumerable.Repeat("""{"kind":"run","program":["true"],"group":"g"}""", 300));
        Assert.That(_store.Run("submit", "--batch", "requests").ExitCode, Is.Zero);
        var said = _store.Run("cancel", "--group", "g");
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        Assert.That(Jobs(said), Has.Count.EqualTo(300).And.All.Matches<JsonElement>(static job => job.GetProperty("found").GetString() == "queued"));
        Assert.That(_store.Run("cancel", running).ExitCode, Is.Zero);
    }

    [Test]
    public void Delete_by_filter_wants_a_yes_and_says_how_many_it_would_take()
    {
        string[] ids = [Done("--group", "g"), Done("--group", "g")];
        var other = Done();
        var asked = _store.Run("delete", "--group", "g");
        asked.MustFail(2, "usage");
        Assert.That(asked.Json.GetProperty("would_delete").GetInt32(), Is.EqualTo(2));
        Assert.That(_store.Folder(ids[0]), Does.Exist);
        var said = _store.Run("delete", "--group", "g", "--yes");
        Assert.That((said.ExitCode, IdsOf(said).Order()), Is.EqualTo((0, ids.Order())));
        Assert.That(ids.Select(_store.Folder), Has.None.Exist);
        Assert.That(_store.Folder(other), Does.Exist);
    }

    [Test]
    public void Delete_of_several_answers_one_entry_a_job_and_exits_with_the_worst()
    {
        var running = _store.Submit("sleep", "60");
        CallerStore.Eventually(() => _store.StoredState(running) == "processing", "it runs");
        var gone = _store.SubmitWith(["--slot", "none"], "true");
        _store.Wait(gone);
        var said = _store.Run("delete", gone, "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", running);
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
        File.WriteAllText(_store.StatusFile(ids[1]), "{");
        Assert.Multiple(() =>
        {
            Assert.That(IdsOf(_store.Run("list")), Is.EqualTo([ids[2], ids[1], ids[0]]), "in its place");
            Assert.That(IdsOf(_store.Run("list", "--limit", "2")), Is.EqualTo([ids[2], ids[1]]));
            Assert.That(IdsOf(_store.Run("delete", "--since", "1h", "--yes")), Is.EqualTo([ids[2], ids[0]]));
            Assert.That(_store.Folder(ids[1]), Does.Exist);
        });
    }

    [TestCase("status")]
    [TestCase("cancel")]
    [TestCase("delete")]
    public void Neither_ids_nor_filters_or_both_is_usage_2(string verb)
    {
        _store.Run(verb).MustFail(2, "usage");
        _store.Run(verb, "0193", "--project", "a").MustFail(2, "usage");
    }

    private string Done(params string[] options)
    {
        var id = _store.SubmitWith(options, "true");
        Assert.That(_store.Wait(id).ExitCode, Is.Zero);
        return id;
    }

    private static List<JsonElement> Jobs(Said said) => [.. said.Json.GetProperty("jobs").EnumerateArray()];

    private static List<string?> IdsOf(Said said) => [.. Jobs(said).Select(static job => job.GetProperty("job_id").GetString())];
}
