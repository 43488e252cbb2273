using System.Text.Json;
using System.Text.Json.Nodes;
using AstroJobs.Cli.Tests.Night;

namespace AstroJobs.Cli.Tests.Attempts;

/// <summary><c>recover</c>: what ran when the machine went down goes on or has ended, and what waits starts.</summary>
public sealed class RecoverTests : ObservatoryFixture
{
    private CallerStore Store => Observatory.Store;

    [Test]
    public void It_tells_what_it_found_and_did()
    {
        var burst = HalfBurst();
        var (running, again) = (Store.Submit("sleep", "600"), Store.SubmitWith(["--slot", "none", "--retries", "1", "--retry-delay", "1h"], "sleep", "601"));
        var (queued, timed) = (Store.Submit("true"), Store.SubmitWith(["--start-at", "1h"], "true"));
        var corrupt = Store.SubmitWith(["--start-at", "1h"], "true");
        File.WriteAllText(Store.StatusFile(corrupt), "");
        CallerStore.Eventually(() => LiveProcesses.OfJob(running, "sleep").Count == 1 && LiveProcesses.OfJob(again, "sleep").Count == 1, "they run");
        TakeDown();

        var said = Store.Run("recover");

        Assert.Multiple(() =>
        {
            Assert.That(said.ExitCode, Is.Zero, said.Output);
            Assert.That(Ids(said, "lost"), Is.EqualTo([running]));
            Assert.That(Ids(said, "resumed"), Is.EqualTo([burst, again]));
            Assert.That(Ids(said, "unreadable"), Is.EqualTo([corrupt]));
            Assert.That(said.Json.GetProperty("started").GetInt32(), Is.EqualTo(2), "the burst and who waited for the slot");
        });
        Assert.That(Store.Wait(burst, queued).ExitCode, Is.Zero);
        Assert.That(Store.Run("result", burst).Json.GetProperty("captured").GetInt32(), Is.EqualTo(2));
        Assert.That(Store.Stored(again).GetProperty("not_before").ValueKind, Is.EqualTo(JsonValueKind.String), "it waits for its next attempt");
        Assert.That(Store.StoredState(timed), Is.EqualTo("queued"));
        Assert.That(LiveProcesses.OfStore(Store.Root).Where(static pid => LiveProcesses.CommandLine(pid).Contains("alarm")), Has.Exactly(1).Items, "somebody keeps the time again");

        var second = Store.Run("recover");
        Assert.That((Ids(second, "lost").Count, Ids(second, "resumed").Count, second.Json.GetProperty("started").GetInt32()), Is.EqualTo((0, 0, 0)), second.Output);
    }

    [TestCase(true, 1, true)]
    [TestCase(false, 1, false, Description = "a stranger's signal, no shutdown")]
    [TestCase(true, 48, false, Description = "nobody wants it any more")]
    public void A_burst_that_heard_the_shutdown_goes_on_after_the_next_start(bool isOfEarlierBoot, int hoursAgo, bool goesOn)
    {
        var burst = HalfBurst();
        LiveProcesses.Kill(Store.Stored(burst).GetProperty("worker").GetProperty("pid").GetInt32(), "TERM");
        Assert.That(Store.Wait(burst).ErrorCode, Is.EqualTo("interrupted"));
        Store.MoveBack(burst, TimeSpan.FromHours(hoursAgo));
        if (isOfEarlierBoot)
        {
            var status = JsonNode.Parse(File.ReadAllText(Store.StatusFile(burst)))!;
            status["worker"]!["boot_id"] = "11111111-2222-3333-4444-555555555555";
            File.WriteAllText(Store.StatusFile(burst), status.ToJsonString());
        }

        var said = Store.Run("recover");

        Assert.That(Ids(said, "resumed"), Is.EqualTo(goesOn ? [burst] : Array.Empty<string>()));
        Assert.That(Store.Wait(burst).State, Is.EqualTo(goesOn ? "done" : "error"));
    }

    [Test]
    public void What_somebody_wanted_cancelled_does_not_go_on()
    {
        var burst = HalfBurst();
        TakeDown();
        File.WriteAllText(Path.Combine(Store.Folder(burst), "cancel.1"), "");
        Assert.That(Ids(Store.Run("recover"), "lost"), Is.EqualTo([burst]));
        Assert.That(Store.StoredState(burst), Is.EqualTo("error"));
    }

    [Test]
    public void Without_a_store_there_is_nothing_to_do_and_nothing_is_made()
    {
        var said = Store.Run("recover");
        Assert.That((said.ExitCode, said.Json.GetProperty("started").GetInt32()), Is.EqualTo((0, 0)));
        Assert.That(Directory.Exists(Store.Root), Is.False);
    }

    /// <summary>A burst of two frames that has one and waits for the time of the other.</summary>
    private string HalfBurst()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "2", "--size", "320x240", "--instant", "--interval", "120");
        CallerStore.Eventually(() => Observatory.Progress(burst, "message") == "Frame 1/2 saved frame-0001.fits", "it has one frame");
        return burst;
    }

    /// <summary>Ends everything of the store at once, as a power cut does.</summary>
    private void TakeDown() => CallerStore.Eventually(
        () =>
        {
            var alive = LiveProcesses.OfStore(Store.Root);
            foreach (var pid in alive)
                LiveProcesses.Kill(pid);
            return alive.Count == 0;
        },
        "nothing lives");

    private static List<string?> Ids(Said said, string name) => [.. said.Json.GetProperty(name).EnumerateArray().Select(static id => id.GetString())];
}
