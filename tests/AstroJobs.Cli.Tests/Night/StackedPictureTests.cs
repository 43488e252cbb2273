using System.Text.Json;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>What frames go into a stack, in what way, and what picture comes out.</summary>
public sealed class StackedPictureTests : ObservatoryFixture
{
    [TestCase("mono", "fits", 1)]
    [TestCase("bayer", "fits", 3)]
    [TestCase("color", "jpg", 3)]
    [TestCase("color", "png", 3)]
    [TestCase("mono", "tif", 1)]
    public void Frames_of_every_sensor_and_format_are_stacked(string sensor, string format, int channels)
    {
        var stack = Observatory.Stack("--from-job", Observatory.Burst(3, "--color", sensor, "--format", format));

        var result = Observatory.Result(stack);
        Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(3), $"{result}");
        Assert.That(result.GetProperty("channels").GetInt32(), Is.EqualTo(channels));
        using var picture = ImageFile.Read(Observatory.Output(stack, "stack.fits"));
        Assert.That(picture.Channels, Is.EqualTo(channels));
    }

    [Test]
    public void The_output_name_says_the_format()
    {
        var frames = Observatory.Frames(2);
        (string Name, string Signature)[] outputs = [("orion.tif", "49492A00"), ("orion.png", "89504E47"), ("orion.jpg", "FFD8FF"), ("orion.FIT", "53494D50")];
        foreach (var (name, signature) in outputs)
        {
            var stack = Observatory.Stack(frames, "--output-name", name);

            Assert.That(Observatory.Result(stack).GetProperty("output").GetString(), Is.EqualTo(name));
            Assert.That(Observatory.OutputNames(stack), Is.EquivalentTo([name, "preview.jpg", "report.html", "result.json", "thumbnail.jpg"]));
            Assert.That(Convert.ToHexString(File.ReadAllBytes(Observatory.Output(stack, name))), Does.StartWith(signature));
            using var picture = ImageFile.Read(Observatory.Output(stack, name));
            Assert.That((picture.Width, picture.Height), Is.EqualTo((480, 360)));
        }
    }

    [Test]
    public void Every_mode_gives_its_own_value()
    {
        // Without alignment a pixel of the result follows from the same pixel of the frames alone.
        var frames = Observatory.Frames(3);
        float[][] inputs = [.. Directory.GetFiles(frames, "*.fits").Select(Samples)];
        float[][] sorted = [.. Enumerable.Range(0, inputs[0].Length).Select(i => inputs.Select(input => input[i]).Order().ToArray())];
        (string Mode, Func<float[], float> Value)[] modes =
        [
            ("mean", static values => values.Average()),
            ("median", static values => values[1]),
            ("max", static values => values[2]),
            ("min", static values => values[0]),
            ("sum", static values => values.Sum()),
        ];
        foreach (var (mode, value) in modes)
        {
            var stack = Observatory.Stack(frames, "--mode", mode, "--align", "none");

            Assert.That(Observatory.Result(stack).GetProperty("mode").GetString(), Is.EqualTo(mode));
            var pixels = Samples(Observatory.Output(stack, "stack.fits"));
            Assert.That(sorted.Zip(pixels).Max(pair => Math.Abs(value(pair.First) - pair.Second)), Is.LessThan(1e-5), mode);
        }
    }

    [Test]
    public void Folders_patterns_lists_and_names_mean_the_same_frames()
    {
        var frames = Observatory.Frames(3);
        var list = Observatory.Store.Beside("tonight.txt");
        File.WriteAllLines(list, ["# the lights", $"{frames}/frame-0001.fits", "", $"{frames}/frame-000?.fits"]);
        string[][] ways =
        [
            [frames],
            [$"{frames}/*.fits"],
            ["--list", list],
            ["--image", $"{frames}/frame-0001.fits", "--image", $"{frames}/frame-0002.fits", $"{frames}/frame-0003.fits"],
        ];
        foreach (var way in ways)
            Assert.That(Paths(Observatory.Result(Observatory.Stack(way))), Is.EqualTo([$"{frames}/frame-0001.fits", $"{frames}/frame-0002.fits", $"{frames}/frame-0003.fits"]), string.Join(' ', way));
    }

    private static IEnumerable<string> Paths(JsonElement result) => result.GetProperty("frames").EnumerateArray().Select(static frame => frame.GetProperty("path").GetString()!);

    private static float[] Samples(string path)
    {
        using var frame = ImageFile.Read(path);
        return frame.Plane(0).ToArray();
    }
}
