namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>--slots</c> and <c>--exclusive</c>, seen from outside.</summary>
public sealed class SharedSlotsTests : CallerFixture
{
    [Test]
    public void A_wide_job_is_not_starved_by_narrow_ones_that_come_after_it()
    {
        Store.Variables["ASTROJOBS_CPU_SLOTS"] = "2";
        var (firstGate, secondGate) = (Store.Beside("first"), Store.Beside("second"));
        var first = Store.Submit("sh", "-c", Until(firstGate));
        var second = Store.Submit("sh", "-c", Until(secondGate));
        CallerStore.Eventually(() => IsProcessing(first) && IsProcessing(second), "both slots are taken");
        var wide = Store.SubmitWith(["--slots", "2"], "true");
        var narrow = Store.Submit("true");
        File.WriteAllText(firstGate, "");
        Assert.That(Store.Wait(first).ExitCode, Is.Zero);
        Store.Run("list"); // whoever dispatches now sees one free slot
        Assert.That((Store.StoredState(wide), Store.StoredState(narrow)), Is.EqualTo(("queued", "queued")), "the free slot is kept for the wide one");
        var refused = Store.Run("submit", "run", "--if-busy", "fail", "--", "true");
        refused.MustFail(5, "busy");
        Assert.That(refused.Json.GetProperty("busy_with").GetString(), Is.AnyOf(second, wide));
        File.WriteAllText(secondGate, "");
        Assert.That(Store.Wait(wide, narrow).ExitCode, Is.Zero);
        Assert.That(string.CompareOrdinal(Text(narrow, "started_at"), Text(wide, "finished_at")), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void An_exclusive_resource_has_one_holder_whatever_else_they_need()
    {
        var gate = Store.Beside("gate");
        var holder = Store.SubmitWith(["--slot", "none", "--exclusive", "mount ☾"], "sh", "-c", Until(gate));
        CallerStore.Eventually(() => IsProcessing(holder), "it runs");
        var camera = Store.SubmitWith(["--slot", "camera:x", "--exclusive", "mount ☾", "--exclusive", "dome"], "true");
        var free = Store.SubmitWith(["--exclusive", "other"], "true");
        Assert.That(Store.Wait(free).ExitCode, Is.Zero);
        Assert.That(Store.Run("status", camera).Json.GetProperty("waiting_for").GetString(), Is.EqualTo("exclusive:mount ☾"));
        var refused = Store.Run("submit", "run", "--if-busy", "fail", "--exclusive", "mount ☾", "--", "true");
        refused.MustFail(5, "busy");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Json.GetProperty("slot").GetString(), Is.EqualTo("exclusive:mount ☾"));
            Assert.That(refused.Json.GetProperty("busy_with").GetString(), Is.EqualTo(holder));
        });
        File.WriteAllText(gate, "");
        Assert.That(Store.Wait(camera).ExitCode, Is.Zero);
        Assert.That(string.CompareOrdinal(Text(camera, "started_at"), Text(holder, "finished_at")), Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public void What_can_never_be_had_is_refused_and_says_why()
    {
        var tooWide = Store.Run("submit", "run", "--slots", "2", "--", "true");
        tooWide.MustFail(2, "bad_input");
        Assert.That(tooWide.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("ASTROJOBS_CPU_SLOTS"));
        var camera = Store.Run("submit", "burst", "--slots", "1");
        camera.MustFail(2, "usage");
        Assert.That(camera.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain("camera:sim"));
        Store.Run("submit", "run", "--slots", "0", "--", "true").MustFail(2, "usage");
        Store.Run("submit", "run", "--exclusive", "", "--", "true").MustFail(2, "bad_input");
        Assert.That(Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.Zero);
    }

    private static string Until(string gate) => $"while [ ! -e '{gate}' ]; do sleep 0.1; done";

    private bool IsProcessing(string id) => Store.StoredState(id) == "processing";

    private string Text(string id, string member) => Store.Stored(id).GetProperty(member).GetString()!;
}
