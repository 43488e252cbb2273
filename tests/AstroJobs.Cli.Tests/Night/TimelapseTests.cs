using System.Text.Json;
using AstroJobs.Cli.Tests.Faults;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>A series in real time: on schedule, over the death of its worker, and with a pause.</summary>
public sealed class TimelapseTests : ObservatoryFixture
{
    private static readonly string[] Small = ["--size", "160x120", "--instant"];

    private CallerStore Store => Observatory.Store;

    [Test]
    public void Shots_are_taken_at_the_interval_and_recorded_and_its_frames_can_be_stacked()
    {
        var series = Observatory.Submit("submit", "timelapse", "--every", "0.7s", "--count", "4", "--grace", "10m", "--size", "480x360", "--instant");
        var stack = Observatory.Submit("submit", "stack", "--from-job", series);

        var result = Observatory.Result(Observatory.Done(series));

        Assert.Multiple(() =>
        {
            Assert.That((Number(result, "planned"), Number(result, "taken"), Number(result, "failed"), Number(result, "missed")), Is.EqualTo((4, 4, 0, 0)));
            Assert.That(Intervals(result), Is.All.EqualTo(TimeSpan.FromSeconds(0.7)));
            Assert.That(Shots(result).Select(static shot => shot.GetProperty("started").GetDateTimeOffset() >= shot.GetProperty("scheduled").GetDateTimeOffset()), Is.All.True, "never early");
            Assert.That(Observatory.OutputNames(series), Is.EqualTo(["result.json", "shot-0001.fits", "shot-0002.fits", "shot-0003.fits", "shot-0004.fits"]));
            Assert.That(Observatory.Result(Observatory.Done(stack)).GetProperty("used").GetInt32(), Is.EqualTo(4));
        });
    }

    [TestCase("resume")]
    [TestCase("recover")]
    public void After_the_death_of_its_worker_it_goes_on_at_the_right_shot(string verb)
    {
        var series = Submit("--every", "2s", "--count", "1000", "--grace", "1.9s");
        CallerStore.Eventually(() => File.Exists(Observatory.Output(series, "shot-0001.fits")) && Records(series).Any(static line => line.Contains("\"taken\"")), "it has one shot");
        LiveProcesses.Kill(Store.Stored(series).GetProperty("worker").GetProperty("pid").GetInt32());
        Store.WaitForDeath(series);
        var have = Records(series).Count(static line => line.Contains("\"taken\""));
        var taken = File.GetLastWriteTimeUtc(Observatory.Output(series, "shot-0001.fits"));
        var first = JsonDocument.Parse(Records(series)[0]).RootElement.GetProperty("first").GetDateTimeOffset();
        CallerStore.Eventually(() => DateTimeOffset.UtcNow > first.AddSeconds((2 * (have + 1)) + 2.5), "the time of two more has passed");

        Assert.That(verb == "resume" ? Store.Run("resume", series).ExitCode : Store.Run("recover").ExitCode, Is.Zero);
        CallerStore.Eventually(() => Store.Stored(series).GetProperty("attempt").GetInt32() == 2 && Observatory.Progress(series, "message")?.Contains("taken") == true, "it takes shots again");
        Store.Run("cancel", series);

        var result = JsonDocument.Parse(File.ReadAllBytes(Observatory.Output(series, "result.json"))).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(Shots(result).Select(static shot => Number(shot, "shot")), Is.EqualTo(Enumerable.Range(1, Shots(result).Count)), "none is without a record");
            Assert.That(Shots(result)[0].GetProperty("scheduled").GetDateTimeOffset(), Is.EqualTo(first));
            Assert.That(Intervals(result), Is.All.EqualTo(TimeSpan.FromSeconds(2)), "the schedule holds");
            Assert.That(Shots(result).Select(static shot => shot.GetProperty("reason").GetString()), Has.Some.EqualTo("not_running"));
            Assert.That(File.GetLastWriteTimeUtc(Observatory.Output(series, "shot-0001.fits")), Is.EqualTo(taken), "it was not taken again");
        });
    }

    [Test]
    public void A_pause_is_shown_and_its_shots_are_missed()
    {
        var series = Submit("--every", "0.5s", "--count", "100000", "--grace", "0.4s");
        CallerStore.Eventually(() => Observatory.Progress(series, "message")?.Contains("taken") == true, "it takes shots");

        var said = Store.Run("pause", series);

        Assert.That((said.ExitCode, said.Json.GetProperty("paused").GetBoolean()), Is.EqualTo((0, true)));
        CallerStore.Eventually(() => Store.Run("status", series).Json.GetProperty("progress") is { } progress && progress.GetProperty("phase").GetString() == "paused" && progress.GetProperty("message").GetString()!.Contains("missed (paused)"), "a shot is missed");
        Assert.That(Store.Run("continue", series).Json.GetProperty("paused").GetBoolean(), Is.False);
        CallerStore.Eventually(() => Observatory.Progress(series, "message")?.Contains("taken") == true, "it goes on");
        Assert.That(Store.Run("cancel", series).State, Is.EqualTo("cancelled"));
        var result = JsonDocument.Parse(File.ReadAllBytes(Observatory.Output(series, "result.json"))).RootElement;
        Assert.That(Shots(result).Select(static shot => shot.GetProperty("reason").GetString()), Has.Some.EqualTo("paused"));
        Store.Run("pause", series).MustFail(6, "not_pausable");
    }

    [Test]
    public void A_kind_that_cannot_pause_says_so() =>
        Store.Run("pause", Store.SubmitWith(["--start-at", "1h"], "true")).MustFail(6, "not_pausable");

    [Test]
    public void Windows_are_worked_out_at_submit()
    {
        var series = Submit("--sun-below", "-18", "--lat", "-24.63", "--lon=-70.4", "--every", "1m", "--nights", "3", "--start-at", "20d");
        var windows = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(series), "job.json"))).RootElement.GetProperty("parameters").GetProperty("windows").EnumerateArray().ToList();
        Assert.That(windows, Has.Count.EqualTo(3), "there is a night every day on Paranal");
        Assert.That(windows.Skip(1).Select(static window => (window.GetProperty("to").GetDateTimeOffset() - window.GetProperty("from").GetDateTimeOffset()).TotalHours), Is.All.InRange(6, 12));
    }

    [TestCase("--every 5m", "--until")]
    [TestCase("--every 5m --count 3 --at 22:00", "--at")]
    [TestCase("--from 22:00 --every 5m", "--to")]
    [TestCase("--from sundown --to 05:00 --every 5m", "sundown")]
    [TestCase("--sun-below -12 --every 5m", "--lat")]
    public void What_makes_no_series_is_refused(string options, string message)
    {
        var said = Store.Run(["submit", "timelapse", .. options.Split(' ')]);
        Assert.That(said.ExitCode, Is.EqualTo(2), said.Output);
        Assert.That(said.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(message));
        Assert.That(Observatory.Jobs(), Is.Empty);
    }

    private string Submit(params string[] options) => Observatory.Submit(["submit", "timelapse", .. Small, .. options]);

    private string[] Records(string id)
    {
        var file = Path.Combine(Store.Folder(id), "work", "shots.jsonl");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private static List<JsonElement> Shots(JsonElement result) => [.. result.GetProperty("shots").EnumerateArray()];

    private static IEnumerable<TimeSpan> Intervals(JsonElement result)
    {
        var times = Shots(result).Select(static shot => shot.GetProperty("scheduled").GetDateTimeOffset()).ToList();
        return times.Zip(times.Skip(1), static (first, second) => second - first);
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
