using System.Text.Json;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary>What <c>status</c> and <c>list</c> say of a job that waits for its turn.</summary>
public sealed class PlaceInLineTests : CallerFixture
{
    [Test]
    public void A_queued_job_knows_its_place_in_line()
    {
        var running = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "the slot is taken");
        string[] waiting = [.. Enumerable.Range(0, 3).Select(_ => Store.Submit("true"))];
        var urgent = Store.SubmitWith(["--priority", "5"], "true");
        var other = Store.SubmitWith(["--exclusive", "mount"], "true");
        var mount = Store.SubmitWith(["--slot", "none", "--exclusive", "mount", "--after", running], "true");
        var nothing = Store.SubmitWith(["--slot", "none", "--after", running], "true");
        var later = Store.SubmitWith(["--start-at", "1h"], "true");
        Assert.Multiple(() =>
        {
            Assert.That(waiting.Select(id => Member(id, "position")), Is.EqualTo(["2", "3", "4"]));
            Assert.That(Member(urgent, "position"), Is.EqualTo("1"));
            Assert.That(Member(other, "position"), Is.EqualTo("5"), "all of them need a processor");
            Assert.That(Member(mount, "position"), Is.EqualTo("2"), "only one of them needs the mount");
            Assert.That(Member(nothing, "position"), Is.Null, "it needs no slot");
            Assert.That(Member(running, "position"), Is.Null);
            Assert.That(Member(later, "position"), Is.Null);
            Assert.That(Store.Run("status", waiting[1], "--output", "text").Output, Does.Contain("waits for slot, 3rd in line"));
            Assert.That(Store.Stored(waiting[0]).GetProperty("position").ValueKind, Is.EqualTo(JsonValueKind.Null), "it is not stored");
        });
        var list = Store.Run("list").Json.GetProperty("jobs").EnumerateArray().ToDictionary(static job => job.GetProperty("job_id").GetString()!);
        Assert.That(list[waiting[2]].GetProperty("position").GetInt32(), Is.EqualTo(4));
    }

    private string? Member(string id, string name) => Store.Run("status", id).Json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;
}
