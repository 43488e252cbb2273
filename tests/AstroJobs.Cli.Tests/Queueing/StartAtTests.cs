using System.Globalization;
using System.Text.Json.Nodes;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --start-at</c> and the alarm that keeps the time.</summary>
public sealed class StartAtTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    private string Later => Path.Combine(_store.Root, ".astrojobs", "later");

    [Test]
    public void A_job_starts_at_its_time_without_anybody_calling()
    {
        var id = _store.SubmitWith(["--start-at", "1s"], "true");
        CallerStore.Eventually(() => _store.StoredState(id) == "done", "it ends, no verb run");
        var status = _store.Stored(id);
        Assert.That(string.CompareOrdinal(status.GetProperty("started_at").GetString(), status.GetProperty("not_before").GetString()), Is.GreaterThanOrEqualTo(0));
        CallerStore.Eventually(() => Alarms().Count == 0, "the alarm ends with its last job");
    }

    [Test]
    public void A_job_that_waits_says_until_when()
    {
        var id = _store.SubmitWith(["--start-at", "2099-12-31T23:59:59Z"], "true");
        var status = _store.Run("status", id);
        var notBefore = status.Json.GetProperty("not_before").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(status.State, Is.EqualTo("queued"));
            Assert.That(status.Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"until:{notBefore}"));
            Assert.That(JsonNode.Parse(File.ReadAllText(Path.Combine(_store.Folder(id), "job.json")))!["start_at"]!.GetValue<string>(), Is.EqualTo(notBefore));
            Assert.That(notBefore, Is.EqualTo("2099-12-31T23:59:59.000Z"));
        });
    }

    [Test]
    public void One_alarm_serves_all_and_an_earlier_job_that_comes_later_is_not_missed()
    {
        string[] late = [.. Enumerable.Range(1, 4).Select(hours => _store.SubmitWith(["--start-at", $"{hours}h"], "true"))];
        var alarm = Alarms().Single();
        var soon = _store.SubmitWith(["--start-at", "1s"], "true");
        CallerStore.Eventually(() => _store.StoredState(soon) == "done", "the earlier one ends, no verb run");
        Assert.That(Alarms(), Is.EqualTo([alarm]));
        Assert.That(late.Select(_store.StoredState), Has.All.EqualTo("queued"));
    }

    [Test]
    public void A_killed_alarm_is_started_again_by_the_next_call()
    {
        _store.SubmitWith(["--start-at", "1h"], "true");
        var killed = Kill();
        _store.Run("list");
        Assert.That(Alarms().Single(), Is.Not.EqualTo(killed));
    }

    [Test]
    public void A_job_that_fell_due_while_nobody_watched_is_started_by_the_next_call()
    {
        var id = _store.SubmitWith(["--start-at", "1h"], "true");
        Kill();
        FallDue(id);
        _store.Run("list");
        CallerStore.Eventually(() => _store.StoredState(id) == "done", "it runs");
    }

    [Test]
    public void A_place_that_was_lost_on_its_way_into_the_queue_is_given_again_by_the_next_look()
    {
        var waiting = _store.SubmitWith(["--start-at", "1h"], "true");
        var due = _store.SubmitWith(["--start-at", "1h"], "true");
        Kill();
        FallDue(due);
        foreach (var place in Directory.EnumerateFiles(Later))
            File.Delete(place);
        _store.Run("list");
        CallerStore.Eventually(() => _store.StoredState(due) == "done", "the due one runs");
        Assert.That(Directory.EnumerateFiles(Later).Single(), Does.EndWith(waiting));
        Assert.That(Alarms(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_place_in_both_the_queue_and_the_waiting_room_starts_the_job_once_and_not_before_its_time()
    {
        var ran = _store.Beside("ran");
        var id = _store.SubmitWith(["--start-at", "1h"], "sh", "-c", $"echo x >> '{ran}'");
        Kill();
        var line = Directory.CreateDirectory(Path.Combine(_store.Root, ".astrojobs", "queue", "cpu")).FullName;
        File.WriteAllText(Path.Combine(line, $"1000000-{id}"), "");
        _store.Run("list");
        Assert.That(_store.StoredState(id), Is.EqualTo("queued"), "its status says when");
        File.WriteAllText(Path.Combine(line, $"1000000-{id}"), "");
        Kill();
        FallDue(id);
        _store.Run("list");
        Assert.That(_store.Wait(id).ExitCode, Is.Zero);
        Assert.That(_store.Run("submit", "run", "--wait", "--", "true").ExitCode, Is.Zero, "the queue was served again");
        Assert.That(File.ReadAllLines(ran), Has.Length.EqualTo(1));
    }

    [TestCase("cancel")]
    [TestCase("delete")]
    public void A_timed_job_that_is_ended_leaves_no_place(string verb)
    {
        var id = _store.SubmitWith(["--start-at", "1h"], "true");
        Assert.That(_store.Run(verb, id).ExitCode, Is.Zero);
        Assert.That(Directory.EnumerateFiles(Later), Is.Empty);
    }

    [Test]
    public void The_alarm_is_nobodys_tool()
    {
        var outer = _store.SubmitWith(["--slot", "none"], PublishedProgram.Path, "submit", "run", "--start-at", "1h", "--", "true");
        Assert.That(_store.Wait(outer).ExitCode, Is.Zero);
        var alarm = Alarms().Single();
        Assert.That(LiveProcesses.OfJob(outer), Has.No.Member(alarm));
        Assert.That(LiveProcesses.Session(alarm), Is.EqualTo(alarm));
    }

    [Test]
    public void At_once_and_later_exclude_each_other_but_a_time_that_is_past_is_at_once()
    {
        _store.Run("submit", "run", "--if-busy", "fail", "--start-at", "1h", "--", "true").MustFail(2, "usage");
        _store.Run("submit", "run", "--start-at", "soon", "--", "true").MustFail(2, "usage");
        Assert.That(Directory.Exists(Later) && Directory.EnumerateFiles(Later).Any(), Is.False);
        var id = _store.SubmitWith(["--if-busy", "fail", "--start-at", "2001-01-01T00:00Z"], "true");
        Assert.That(_store.Wait(id).ExitCode, Is.Zero);
    }

    private int Kill()
    {
        var alarm = Alarms().Single();
        LiveProcesses.Kill(alarm);
        CallerStore.Eventually(() => Alarms().Count == 0, "the alarm is gone");
        return alarm;
    }

    /// <summary>As if the time had come while nobody watched.</summary>
    private void FallDue(string id)
    {
        var status = JsonNode.Parse(File.ReadAllText(_store.StatusFile(id)))!;
        var past = DateTimeOffset.UtcNow.AddHours(-1);
        status["not_before"] = past.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        File.WriteAllText(_store.StatusFile(id), status.ToJsonString());
        foreach (var place in Directory.EnumerateFiles(Later).Where(path => path.EndsWith(id, StringComparison.Ordinal)).ToList())
            File.Move(place, Path.Combine(Later, $"{past.ToUnixTimeMilliseconds():D15}-{id}"));
    }

    private IReadOnlyList<int> Alarms() => [.. LiveProcesses.OfStore(_store.Root).Where(static pid => LiveProcesses.CommandLine(pid).Contains("alarm"))];
}
