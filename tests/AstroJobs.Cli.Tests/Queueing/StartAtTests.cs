using System.Globalization;
using System.Text.Json.Nodes;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --start-at</c> and the alarm that keeps the time.</summary>
public sealed class StartAtTests : CallerFixture
{
    private string Later => Path.Combine(Store.Root, ".astrojobs", "later");

    [Test]
    public void A_job_starts_at_its_time_without_anybody_calling()
    {
        var id = Store.SubmitWith(["--start-at", "1s"], "true");
        CallerStore.Eventually(() => Store.StoredState(id) == "done", "it ends, no verb run");
        var status = Store.Stored(id);
        Assert.That(string.CompareOrdinal(status.GetProperty("started_at").GetString(), status.GetProperty("not_before").GetString()), Is.GreaterThanOrEqualTo(0));
        CallerStore.Eventually(() => Alarms().Count == 0, "the alarm ends with its last job");
    }

    [Test]
    public void A_job_that_waits_says_until_when()
    {
        var id = Store.SubmitWith(["--start-at", "2099-12-31T23:59:59Z"], "true");
        var status = Store.Run("status", id);
        var notBefore = status.Json.GetProperty("not_before").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(status.State, Is.EqualTo("queued"));
            Assert.That(status.Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"until:{notBefore}"));
            Assert.That(JsonNode.Parse(File.ReadAllText(Path.Combine(Store.Folder(id), "job.json")))!["start_at"]!.GetValue<string>(), Is.EqualTo(notBefore));
            Assert.That(notBefore, Is.EqualTo("2099-12-31T23:59:59.000Z"));
        });
    }

    [Test]
    public void One_alarm_serves_all_and_an_earlier_job_that_comes_later_is_not_missed()
    {
        string[] late = [.. Enumerable.Range(1, 4).Select(hours => Store.SubmitWith(["--start-at", $"{hours}h"], "true"))];
        var alarm = Alarms().Single();
        var soon = Store.SubmitWith(["--start-at", "1s"], "true");
        CallerStore.Eventually(() => Store.StoredState(soon) == "done", "the earlier one ends, no verb run");
        Assert.That(Alarms(), Is.EqualTo([alarm]));
        Assert.That(late.Select(Store.StoredState), Has.All.EqualTo("queued"));
    }

    [Test]
    public void A_killed_alarm_is_started_again_by_the_next_call()
    {
        Store.SubmitWith(["--start-at", "1h"], "true");
        var killed = Kill();
        Store.Run("list");
        Assert.That(Alarms().Single(), Is.Not.EqualTo(killed));
    }

    [Test]
    public void A_job_that_fell_due_while_nobody_watched_is_started_by_the_next_call()
    {
        var id = Store.SubmitWith(["--start-at", "1h"], "true");
        Kill();
        FallDue(id);
        Store.Run("list");
        CallerStore.Eventually(() => Store.StoredState(id) == "done", "it runs");
    }

    [Test]
    public void A_place_that_was_lost_on_its_way_into_the_queue_is_given_again_by_the_next_look()
    {
        var waiting = Store.SubmitWith(["--start-at", "1h"], "true");
        var due = Store.SubmitWith(["--start-at", "1h"], "true");
        Kill();
        FallDue(due);
        foreach (var place in Directory.EnumerateFiles(Later))
            File.Delete(place);
        Store.Run("list");
        CallerStore.Eventually(() => Store.StoredState(due) == "done", "the due one runs");
        Assert.That(Directory.EnumerateFiles(Later).Single(), Does.EndWith(waiting));
        Assert.That(Alarms(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_place_in_both_the_queue_and_the_waiting_room_starts_the_job_once_and_not_before_its_time()
    {
        var ran = Store.Beside("ran");
        var id = Store.SubmitWith(["--start-at", "1h"], "sh", "-c", $"echo x >> '{ran}'");
        Kill();
        var line = Directory.CreateDirectory(Path.Combine(Store.Root, ".astrojobs", "queue", "cpu")).FullName;
        File.WriteAllText(Path.Combine(line, $"1000000-{id}"), "");
        Store.Run("list");
        Assert.That(Store.StoredState(id), Is.EqualTo("queued"), "its status says when");
        File.WriteAllText(Path.Combine(line, $"1000000-{id}"), "");
        Kill();
        FallDue(id);
        Store.Run("list");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        Assert.That(Store.Run("submit", "run", "--wait", "--", "true").ExitCode, Is.Zero, "the queue was served again");
        Assert.That(File.ReadAllLines(ran), Has.Length.EqualTo(1));
    }

    [TestCase("cancel")]
    [TestCase("delete")]
    public void A_timed_job_that_is_ended_leaves_no_place(string verb)
    {
        var id = Store.SubmitWith(["--start-at", "1h"], "true");
        Assert.That(Store.Run(verb, id).ExitCode, Is.Zero);
        Assert.That(Directory.EnumerateFiles(Later), Is.Empty);
    }

    [Test]
    public void The_alarm_is_nobodys_tool()
    {
        var outer = Store.SubmitWith(["--slot", "none"], PublishedProgram.Path, "submit", "run", "--start-at", "1h", "--", "true");
        Assert.That(Store.Wait(outer).ExitCode, Is.Zero);
        var alarm = Alarms().Single();
        Assert.That(LiveProcesses.OfJob(outer), Has.No.Member(alarm));
        Assert.That(LiveProcesses.Session(alarm), Is.EqualTo(alarm));
    }

    [Test]
    public void At_once_and_later_exclude_each_other_but_a_time_that_is_past_is_at_once()
    {
        Store.Run("submit", "run", "--if-busy", "fail", "--start-at", "1h", "--", "true").MustFail(2, "usage");
        Store.Run("submit", "run", "--start-at", "soon", "--", "true").MustFail(2, "usage");
        Assert.That(Directory.Exists(Later) && Directory.EnumerateFiles(Later).Any(), Is.False);
        var id = Store.SubmitWith(["--if-busy", "fail", "--start-at", "2001-01-01T00:00Z"], "true");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
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
        var status = JsonNode.Parse(File.ReadAllText(Store.StatusFile(id)))!;
        var past = DateTimeOffset.UtcNow.AddHours(-1);
        status["not_before"] = past.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        File.WriteAllText(Store.StatusFile(id), status.ToJsonString());
        foreach (var place in Directory.EnumerateFiles(Later).Where(path => path.EndsWith(id, StringComparison.Ordinal)).ToList())
            File.Move(place, Path.Combine(Later, $"{past.ToUnixTimeMilliseconds():D15}-{id}"));
    }

    private IReadOnlyList<int> Alarms() => [.. LiveProcesses.OfStore(Store.Root).Where(static pid => LiveProcesses.CommandLine(pid).Contains("alarm"))];
}
