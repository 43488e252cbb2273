using System.Text.Json;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary>What <c>status</c> and <c>list</c> say of a job that waits for its turn.</summary>
public sealed class PlaceInLineTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void A_queued_job_knows_its_place_in_line()
    {
        var running = _store.Submit("sleep", "600");
        CallerStore.Eventually(() => _store.StoredState(running) == "processing", "the slot is taken");
        string[] waiting = [.. Enumerable.Range(0, 3).Select(_ => _store.Submit("true"))];
        var urgent = _store.SubmitWith(["--priority", "5"], "true");
        var other = _store.SubmitWith(["--exclusive", "mount"], "true");
        var mount = _store.SubmitWith(["--slot", "none", "--exclusive", "mount", "--after", running], "true");
        var nothing = _store.SubmitWith(["--slot", "none", "--after", running], "true");
        var later = _store.SubmitWith(["--start-at", "1h"], "true");
        Assert.Multiple(() =>
        {
            Assert.That(waiting.Select(id => Member(id, "position")), Is.EqualTo(["2", "3", "4"]));
            Assert.That(Member(urgent, "position"), Is.EqualTo("1"));
            Assert.That(Member(other, "position"), Is.EqualTo("5"), "all of them need a processor");
            Assert.That(Member(mount, "position"), Is.EqualTo("2"), "only one of them needs the mount");
            Assert.That(Member(nothing, "position"), Is.Null, "it needs no slot");
            Assert.That(Member(running, "position"), Is.Null);
            Assert.That(Member(later, "position"), Is.Null);
            Assert.That(_store.Run("status", waiting[1], "--output", "text").Output, Does.Contain("waits for slot, 3rd in line"));
            Assert.That(_store.Stored(waiting[0]).GetProperty("position").ValueKind, Is.EqualTo(JsonValueKind.Null), "it is not stored");
        });
        var list = _store.Run("list").Json.GetProperty("jobs").EnumerateArray().ToDictionary(static job => job.GetProperty("job_id").GetString()!);
        Assert.That(list[waiting[2]].GetProperty("position").GetInt32(), Is.EqualTo(4));
    }

    private string? Member(string id, string name) => _store.Run("status", id).Json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;
}
