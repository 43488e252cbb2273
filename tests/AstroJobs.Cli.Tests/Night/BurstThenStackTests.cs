using System.Globalization;
using System.Text.Json;
using AstroJobs.Cli.Tests.Faults;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs.Faults;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>The main way through: a backend submits a burst and a stack of it, polls, and gets a picture.</summary>
public sealed class BurstThenStackTests : ObservatoryFixture
{
    [Test]
    public void A_stack_submitted_with_its_burst_waits_for_it_and_becomes_a_picture()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "4", "--size", "480x360", "--exposure", "4");
        var stack = Observatory.Submit("submit", "stack", "--from-job", burst);
        Assert.That(Observatory.Store.Run("status", stack).Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"after:{burst}"));

        Observatory.Done(stack);

        Assert.That(Observatory.Store.StoredState(burst), Is.EqualTo("done"));
        Assert.That(Observatory.Store.Stored(stack).GetProperty("waiting_for").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(Observatory.OutputNames(burst), Is.EqualTo(["frame-0001.fits", "frame-0002.fits", "frame-0003.fits", "frame-0004.fits", "result.json"]));
        Assert.That(Observatory.OutputNames(stack), Is.EqualTo(["preview.jpg", "report.html", "result.json", "stack.fits", "thumbnail.jpg"]));
        foreach (var product in (string[])["stack.fits", "preview.jpg"])
        {
            using var picture = ImageFile.Read(Observatory.Output(stack, product));
            Assert.That((picture.Width, picture.Height), Is.EqualTo((480, 360)), product);
        }
        CallerStore.Eventually(() => !Directory.Exists(Path.Combine(Observatory.Store.Folder(stack), "work")), "scratch is gone");
    }

    [Test]
    public void The_result_of_a_stack_says_what_is_documented()
    {
        var burst = Observatory.Burst(4, "--exposure", "20", "--drift", "3,-2", "--rotation", "0.5");

        var result = Observatory.Result(Observatory.Stack("--from-job", burst, "--reference", "1"));

        Assert.Multiple(() =>
        {
            Assert.That(Names(result), Is.EqualTo(Documented("stack", "output")));
            Assert.That(Names(result.GetProperty("frames")[0]), Is.EqualTo(Documented("stack", "path")));
            Assert.That(result.GetProperty("requested").GetInt32(), Is.EqualTo(4));
            Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(4));
            Assert.That(result.GetProperty("channels").GetInt32(), Is.EqualTo(1));
            Assert.That(result.GetProperty("total_exposure_s").GetDouble(), Is.EqualTo(80));
            Assert.That(result.GetProperty("peak_memory_bytes").GetInt64(), Is.GreaterThan(1 << 20));
            var (first, last) = (result.GetProperty("frames")[0], result.GetProperty("frames")[3]);
            // The field drifts by (3, −2) and turns by 0.5° from frame to frame; a stack undoes that: (−9, 6), turned by 1.5°.
            Assert.That(Number(last, "dx") - Number(first, "dx"), Is.EqualTo(-8.84).Within(0.1));
            Assert.That(Number(last, "dy") - Number(first, "dy"), Is.EqualTo(6.234).Within(0.1));
            Assert.That(Number(last, "rotation_deg") - Number(first, "rotation_deg"), Is.EqualTo(-1.5).Within(0.05));
            Assert.That(Number(last, "scale"), Is.EqualTo(1).Within(0.001));
            Assert.That(last.GetProperty("mirrored").GetBoolean(), Is.False);
            Assert.That(Number(last, "rms_px"), Is.LessThan(0.2));
            Assert.That(Number(last, "stars"), Is.GreaterThan(50));
            Assert.That(Number(last, "fwhm"), Is.EqualTo(2.6).Within(0.26), "as --fwhm says by default");
        });
    }

    [Test]
    public void Every_frame_is_told_as_progress()
    {
        var gate = Observatory.Store.Beside("gate"); // before which the third frame waits
        var burst = Observatory.Store.RunPlanned($"work/{FailPoint.CameraFrameCame}:3=wait:{gate}", "submit", "burst", "--count", "3", "--size", "480x360", "--instant", "--format", "tif", "--prefix", "m42").JobId!;
        CallerStore.Eventually(() => Observatory.Progress(burst, "message") == "Frame 2/3 saved m42-0002.tif", "two frames have come");
        File.WriteAllText(gate, "");
        Observatory.Done(burst);

        Assert.That(Observatory.Progress(burst, "message"), Is.EqualTo("Frame 3/3 saved m42-0003.tif"));
        var progress = Observatory.Store.Run("status", burst).Json.GetProperty("progress");
        Assert.That((progress.GetProperty("current").GetInt32(), progress.GetProperty("total").GetInt32(), Number(progress, "percent")), Is.EqualTo((3, 3, 100)));
    }

    [Test]
    public void An_interval_counts_from_start_to_start()
    {
        var result = Observatory.Result(Observatory.Done(Observatory.Submit("submit", "burst", "--count", "3", "--size", "320x240", "--exposure", "0.2", "--interval", "1")));

        DateTimeOffset[] starts = [.. result.GetProperty("files").EnumerateArray().Select(static file => DateTimeOffset.Parse(file.GetProperty("taken_at").GetString()!, CultureInfo.InvariantCulture))];
        Assert.That(result.GetProperty("captured").GetInt32(), Is.EqualTo(3));
        // A busy machine may start the first one late by less than an interval; that the others keep their phase is BurstRunTests' matter, where time is made.
        Assert.That((starts[^1] - starts[0]).TotalSeconds, Is.GreaterThan(1));
        Assert.That(result.GetProperty("files").EnumerateArray().Select(static file => Number(file, "exposure_s")), Is.All.EqualTo(0.2));
    }

    /// <summary>Names of the members in the order of the answer, without <c>ok</c>.</summary>
    private static string[] Names(JsonElement answer) => [.. answer.EnumerateObject().Select(static member => member.Name).Where(static name => name != "ok").Order(StringComparer.Ordinal)];

    /// <summary>The members that docs/results.md lists for a kind, in the table whose first member is <paramref name="first"/>.</summary>
    private static string[] Documented(string kind, string first)
    {
        var page = File.ReadAllText(Path.Combine(PublishedProgram.Checkout, "docs", "results.md"));
        var section = page.Split("\n## ").Single(section => section.StartsWith(kind + "\n", StringComparison.Ordinal));
        var table = section.Split("\n\n").Single(block => block.StartsWith("| member", StringComparison.Ordinal) && block.Split('\n')[2].StartsWith($"| `{first}`", StringComparison.Ordinal));
        return [.. table.Split('\n')[2..]
            .SelectMany(static row => row.Split('|')[1].Split('`').Where(static (_, i) => i % 2 == 1))
            .Select(static name => name.Replace("[]", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
