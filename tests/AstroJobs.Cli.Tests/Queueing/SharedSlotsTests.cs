namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>--slots</c> and <c>--exclusive</c>, seen from outside.</summary>
public sealed class SharedSlotsTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void A_wide_job_is_not_starved_by_narrow_ones_that_come_after_it()
    {
        _store.Variables["ASTROJOBS_CPU_SLOTS"] = "2";
        var (firstGate, secondGate) = (_store.Beside("first"), _store.Beside("second"));
        var first = _store.Submit("sh", "-c", Until(firstGate));
        var second = _store.Submit("sh", "-c", Until(secondGate));
        CallerStore.Eventually(() => IsProcessing(first) && IsProcessing(second), "both slots are taken");
        var wide = _store.SubmitWith(["--slots", "2"], "true");
        var narrow = _store.Submit("true");
        File.WriteAllText(firstGate, "");
        Assert.That(_store.Wait(first).ExitCode, Is.Zero);
        _store.Run("list"); // whoever dispatches now sees one free slot
        Assert.That((_store.StoredState(wide), _store.StoredState(narrow)), Is.EqualTo(("queued", "queued")), "the free slot is kept for the wide one");
        var refused = _store.Run("submit", "run", "--if-busy", "fail", "--", "true");
        refused.MustFail(5, "busy");
        Assert.That(refused.Json.GetProperty("busy_with").GetString(), Is.AnyOf(second, wide));
        File.WriteAllText(secondGate, "");
        Assert.That(_store.Wait(wide, narrow).ExitCode, Is.Zero);
        Assert.That(string.CompareOrdinal(Text(narrow, "started_at"), Text(wide, "finished_at")), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void An_exclusive_resource_has_one_holder_whatever_else_they_need()
    {
        var gate = _store.Beside("gate");
        var holder = _store.SubmitWith(["--slot", "none", "--exclusive", "mount ☾"], "sh", "-c", Until(gate));
        CallerStore.Eventually(() => IsProcessing(holder), "it runs");
        var camera = _store.SubmitWith(["--slot", "camera:x", "--exclusive", "mount ☾", "--exclusive", "dome"], "true");
        var free = _store.SubmitWith(["--exclusive", "other"], "true");
        Assert.That(_store.Wait(free).ExitCode, Is.Zero);
        Assert.That(_store.Run("status", camera).Json.GetProperty("waiting_for").GetString(), Is.EqualTo("exclusive:mount ☾"));
        var refused = _store.Run("submit", "run", "--if-busy", "fail", "--exclusive", "mount ☾", "--", "true");
        refused.MustFail(5, "busy");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Json.GetProperty("slot").GetString(), Is.EqualTo("exclusive:mount ☾"));
            Assert.That(refused.Json.GetProperty("busy_with").GetString(), Is.EqualTo(holder));
        });
        File.WriteAllText(gate, "");
        Assert.That(_store.Wait(camera).ExitCode, Is.Zero);
        Assert.That(string.CompareOrdinal(Text(camera, "started_at"), Text(holder, "finished_at")), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void What_can_never_be_had_is_refused_and_says_why()
    {
        var tooWide = _store.Run("submit", "run", "--slots", "2", "--", "true");
        tooWide.MustFail(2, "bad_input");
        Assert.That(tooWide.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("ASTROJOBS_CPU_SLOTS"));
        var camera = _store.Run("submit", "burst", "--slots", "1");
        camera.MustFail(2, "usage");
        Assert.That(camera.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain("camera:sim"));
        _store.Run("submit", "run", "--slots", "0", "--", "true").MustFail(2, "usage");
        _store.Run("submit", "run", "--exclusive", "", "--", "true").MustFail(2, "bad_input");
        Assert.That(_store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.Zero);
    }

    private static string Until(string gate) => $"while [ ! -e '{gate}' ]; do sleep 0.1; done";

    private bool IsProcessing(string id) => _store.StoredState(id) == "processing";

    private string Text(string id, string member) => _store.Stored(id).GetProperty(member).GetString()!;
}
