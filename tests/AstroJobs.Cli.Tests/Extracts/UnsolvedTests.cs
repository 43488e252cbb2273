using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Cli.Tests.Extracts;

/// <summary>What cannot be solved says so, with all that is known all the same, and leaves nothing running.</summary>
public sealed class UnsolvedTests : GalleryFixture
{
    [Test]
    public void A_picture_without_stars_says_that_it_has_too_few()
    {
        var result = Fail("--image", Draw("daylight.png", static (_, _) => 0.9f), "--timeout", "60");
        Assert.That(result.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("Too few stars"));
        Assert.That(result.GetProperty("stars").GetProperty("count").GetInt32(), Is.LessThan(4));
        Assert.That(result.GetProperty("capture").GetProperty("image_height").GetInt32(), Is.EqualTo(300));
        Assert.That(result.TryGetProperty("astrometry", out _), Is.False);
    }

    [Test]
    public void Noise_is_not_solved()
    {
        var random = new Random(5);
        Fail("--image", Draw("noise.png", (_, _) => 0.2f + (0.1f * random.NextSingle())), "--timeout", "60");
    }

    [Test]
    public void Three_stars_are_too_few() =>
        Fail("--image", Draw("three.png", static (x, y) => (x, y) is (100, 100) or (300, 120) or (200, 250) or (101, 100) or (301, 120) or (200, 251) or (100, 101) or (300, 121) or (201, 250) ? 0.8f : 0.1f), "--timeout", "60");

    [Test]
    public void Wrong_bounds_of_the_scale_are_named_as_a_reason()
    {
        var result = Fail("--image", Gallery.Draw("orion.fits", 83.9, -3.2, 12), "--scale-low", "30", "--scale-high", "31", "--timeout", "4");
        Assert.That(result.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("bounds of the scale"));
        Assert.That(result.GetProperty("image").GetString(), Does.EndWith("orion.fits"));
    }

    [Test]
    public void The_time_limit_leaves_no_process()
    {
        // A hundred random points: nothing matches, and the engine goes on looking deeper.
        var random = new Random(7);
        var points = Enumerable.Range(0, 200).Select(_ => (X: random.Next(10, 390), Y: random.Next(10, 290))).SelectMany(p => ((int, int)[])[(p.X, p.Y), (p.X + 1, p.Y), (p.X, p.Y + 1), (p.X + 1, p.Y + 1)]).ToHashSet();
        var id = Gallery.Submit("--image", Draw("random.png", (x, y) => points.Contains((x, y)) ? 0.5f : 0.1f), "--timeout", "6");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "astrometry-engine").Count > 0, "the engine looks");
        Assert.That(Gallery.Store.Wait(id).ExitCode, Is.EqualTo(1));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id).Count == 0, "nothing of the job lives");
        var said = Gallery.Store.Run("result", id);
        Assert.That(said.ErrorCode, Is.EqualTo("not_solved"));
        Assert.That(said.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("--timeout"));
    }

    [Test]
    public void Index_files_that_are_not_there_are_named_with_what_installs_them()
    {
        Directory.CreateDirectory(Gallery.File("empty"));
        var id = Gallery.Submit("--image", Gallery.Draw("orion.fits", 83.9, -3.2, 12), "--index-dir", Gallery.File("empty"));
        Gallery.Store.Wait(id);
        var said = Gallery.Store.Run("result", id);
        Assert.That((said.ExitCode, said.ErrorCode), Is.EqualTo((1, "tool_missing")));
        Assert.That(said.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("apt-get install"));
        Assert.That(said.Json.GetProperty("capture").GetProperty("image_width").GetInt32(), Is.EqualTo(800));
    }

    [TestCase("image_not_found", "--image", "nowhere.fits")]
    [TestCase("bad_input", "--image", "text.fits")]
    [TestCase("bad_input", "--image", "text.fits", "--scale-low", "3", "--scale-high", "1")]
    [TestCase("bad_input", "--image", "text.fits", "--ra", "10")]
    [TestCase("bad_input", "--image", "text.fits", "--ra", "10", "--dec", "95")]
    [TestCase("bad_input", "--image", "text.fits", "--depth", "deep")]
    [TestCase("bad_input", "--image", "text.fits", "--downsample", "0")]
    [TestCase("bad_input", "--image", "text.fits", "--from-job", "abc")]
    [TestCase("usage", "--image", "text.fits", "--solver", "guess")]
    public void Wrong_input_makes_no_job(string code, params string[] arguments)
    {
        File.WriteAllText(Gallery.File("text.fits"), "This is no picture.");
        Gallery.Store.Run(["submit", .. arguments.Select(word => word.EndsWith(".fits", StringComparison.Ordinal) ? Gallery.File(word) : word)]).MustFail(2, code);
        Assert.That(Gallery.Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.Zero);
    }

    private System.Text.Json.JsonElement Fail(params string[] arguments)
    {
        var said = Gallery.Store.Run(["submit", .. arguments, "--wait"]);
        said.MustFail(1, "not_solved");
        return said.Json;
    }

    private string Draw(string name, Func<int, int, float> value)
    {
        using var frame = new Frame(400, 300, 1);
        for (var y = 0; y < frame.Height; y++)
        {
            for (var x = 0; x < frame.Width; x++)
                frame.Row(0, y)[x] = value(x, y);
        }
        ImageFile.Write(Gallery.File(name), frame, SampleFormat.UInt16);
        return Gallery.File(name);
    }
}
