using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Calibration;

/// <summary>A made sensor with a bias that varies from pixel to pixel, dark current with hot pixels, and a lens that darkens its corners; the light behind it is known.</summary>
public sealed class CalibrationTests : FolderFixture
{
    private const int Width = 120;
    private const int Height = 90;
    private const float Sky = 0.2f;

    [Test]
    public void Masters_bring_back_the_light_behind_the_sensor([Values(null, BayerPattern.Rggb)] BayerPattern? bayer)
    {
        var request = Request() with { Bias = Frames("bias", 5, 0, bayer, (_, _) => 0), Dark = Frames("dark", 5, 60, bayer, (_, _) => 0), Flat = Frames("flat", 5, 0, bayer, bayer is null ? (_, _) => 0.4f : Lamp) };
        var (result, report) = Stack(request, 60, bayer);
        using var _ = result;
        Assert.Multiple(() =>
        {
            for (var channel = 0; channel < result.Channels; channel++)
                Assert.That(Spread(result, channel), Is.LessThan(0.0015), "what is left of shading, bias and hot pixels");
            Assert.That(report.Calibration!.DarkScales, Is.EqualTo((1.0, 1.0)));
            Assert.That(report.Calibration.Masters.Select(master => (master.Kind, master.Files)), Is.EqualTo(new[] { (MasterKind.Bias, 5), (MasterKind.Dark, 5), (MasterKind.Flat, 5) }));
            Assert.That(report.Notes, Is.Empty);
        });
    }

    /// <summary>The lamp is three times as strong in red as in blue; the sky is grey and stays it.</summary>
    [Test]
    public void The_colour_of_the_lamp_does_not_colour_the_sky()
    {
        var request = Request() with { Bias = Frames("bias", 3, 0, BayerPattern.Rggb, (_, _) => 0), Flat = Frames("flat", 3, 0, BayerPattern.Rggb, Lamp) };
        var (result, _) = Stack(request, 0, BayerPattern.Rggb);
        using var picture = result;
        var medians = Enumerable.Range(0, 3).Select(channel => Median(picture, channel)).ToArray();
        Assert.That(medians, Is.All.EqualTo(medians[1]).Within(1).Percent);
    }

    [Test]
    public void A_dark_of_another_exposure_is_scaled_where_there_is_a_bias()
    {
        var bias = Frames("bias", 9, 0, null, (_, _) => 0);
        var dark = Frames("dark", 9, 300, null, (_, _) => 0);
        var (scaled, report) = Stack(Request() with { Bias = bias, Dark = dark, Cosmetic = CosmeticCorrection.None }, 60, null);
        var (whole, other) = Stack(Request() with { Dark = dark, Cosmetic = CosmeticCorrection.None }, 60, null);
        using var _ = scaled;
        using var __ = whole;
        Assert.Multiple(() =>
        {
            Assert.That(report.Calibration!.DarkScales!.Value.Least, Is.EqualTo(0.2).Within(1e-9));
            Assert.That(HotPart(scaled), Is.EqualTo(0).Within(0.003));
            Assert.That(other.Notes.Single(), Is.EqualTo("the exposure of the dark is 300 s, that of the frames 60 s; with a bias it would be scaled"));
        });
    }

    /// <summary>A light that names no exposure: the factor is found by its noise.</summary>
    [TestCase(60, 0.2)]
    [TestCase(150, 0.5)]
    public void The_dark_is_scaled_to_the_least_noise(int seconds, double expected)
    {
        var request = Request() with
        {
            Bias = Frames("bias", 9, 0, null, (_, _) => 0),
            Dark = Frames("dark", 9, 300, null, (_, _) => 0),
            OptimizeDark = true,
            Cosmetic = CosmeticCorrection.None,
        };
        var (result, report) = Stack(request, seconds, null);
        using var _ = result;
        Assert.That(report.Calibration!.DarkScales!.Value.Least, Is.EqualTo(expected).Within(0.01));
        Assert.That(report.Calibration.DarkScales.Value.Greatest, Is.EqualTo(expected).Within(0.01));
    }

    [Test]
    public void A_number_stands_for_the_bias()
    {
        var (result, report) = Stack(Request() with { BiasLevel = 1000 }, 0, null);
        using var _ = result;
        Assert.That(Median(result, 0), Is.EqualTo(Sky * Shade(Width / 2, Height / 4)).Within(0.03));
        Assert.That(result.Metadata.History, Has.Some.EqualTo("bias: 1000 everywhere"));
        Assert.That(report.Calibration!.BiasLevel, Is.EqualTo(1000));
    }

    [Test]
    public void A_master_is_made_once_and_again_when_a_file_changes()
    {
        var request = Request() with { Bias = Frames("bias", 3, 0, null, (_, _) => 0) };
        bool IsCached()
        {
            var (result, report) = Stack(request, 0, null);
            result.Dispose();
            return report.Calibration!.Masters.Single().IsCached;
        }
        Assert.That((IsCached(), IsCached()), Is.EqualTo((false, true)));
        File.SetLastWriteTimeUtc(request.Bias[1], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(IsCached(), Is.False);
    }

    [Test]
    public void A_master_of_numbers_to_65535_is_taken_for_what_it_is()
    {
        using (var frame = new Frame(Width, Height, 1))
        {
            frame.Plane(0).Fill(1000);
            ImageFile.Write(Folder.File("bias.fits"), frame);
        }
        var (given, _) = Stack(Request() with { Bias = [Folder.File("bias.fits")] }, 0, null);
        var (level, _) = Stack(Request() with { BiasLevel = 1000 }, 0, null);
        using var a = given;
        using var b = level;
        Assert.That(a.Plane(0).ToArray(), Is.EqualTo(b.Plane(0).ToArray()).Within(1e-6));
    }

    [Test]
    public void A_master_of_another_size_is_refused_with_both_sizes()
    {
        using (var frame = new Frame(64, 48, 1))
            ImageFile.Write(Folder.File("dark.fits"), frame);
        Assert.That(
            () => Stack(Request() with { Dark = [Folder.File("dark.fits")] }, 0, null),
            Throws.TypeOf<StackException>().With.Message.Contains("the dark is 64×48, this frame 120×90"));
    }

    [Test]
    public void Frames_of_two_sizes_make_no_master()
    {
        using (var frame = new Frame(64, 48, 1))
            ImageFile.Write(Folder.File("small.fits"), frame);
        var dark = Frames("dark", 2, 0, null, (_, _) => 0);
        Assert.That(
            () => Stack(Request() with { Dark = [.. dark, Folder.File("small.fits")] }, 0, null),
            Throws.TypeOf<StackException>().With.Message.Contains("it is 64×48, the frames before it are 120×90"));
    }

    [Test]
    public void Another_gain_or_temperature_is_said_with_figures()
    {
        var dark = Frames("dark", 3, 0, null, (_, _) => 0, metadata => metadata with { Gain = 100, SensorTemperatureC = -5 });
        var (result, report) = Stack(Request() with { Dark = dark }, 0, null, metadata => metadata with { Gain = 200, SensorTemperatureC = 3.25 });
        using var _ = result;
        Assert.That(report.Notes, Is.EqualTo(new[]
        {
            "the gain of the dark is 100, that of the frames 200",
            "the temperature of the dark is -5 °C, that of the frames 3.2 °C",
        }));
    }

    [Test]
    public void Making_masters_is_told_and_each_is_named_with_its_noise()
    {
        var told = new List<StackProgress>();
        var reports = new List<StackReport>();
        foreach (var count in new[] { 5, 20 })
        {
            var random = new Random(count);
            var paths = Enumerable.Range(0, count).Select(i => Folder.File($"noise-{count}-{i}.fits")).ToArray();
            foreach (var path in paths)
            {
                using var frame = new Frame(Width, Height, 1);
                foreach (ref var sample in frame.Plane(0))
                    sample = 0.1f + (0.01f * ((float)random.NextDouble() - 0.5f));
                ImageFile.Write(path, frame);
            }
            reports.Add(Stacker.Run(StackRequest(Request() with { Bias = paths }, 0, null), new Told(told)));
        }
        var (few, many) = (reports[0].Calibration!.Masters[0], reports[1].Calibration!.Masters[0]);
        var messages = told.Where(step => step.Phase == StackPhase.Calibrate).Select(step => step.Message).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(few.Level, Is.EqualTo(0.1).Within(0.001));
            Assert.That(many.Noise, Is.EqualTo(0.01 / Math.Sqrt(12 * 20)).Within(20).Percent);
            Assert.That(few.Noise / many.Noise, Is.EqualTo(2).Within(15).Percent);
            Assert.That(messages.Take(6), Is.EqualTo(new[] { "Bias 1/5 read", "Bias 2/5 read", "Bias 3/5 read", "Bias 4/5 read", "Bias 5/5 read", "Master bias of 5 frames made" }));
            Assert.That(reports[1].Times.Masters, Is.GreaterThan(TimeSpan.Zero));
        });
    }

    private sealed class Told(List<StackProgress> steps) : IProgress<StackProgress>
    {
        public void Report(StackProgress value)
        {
            lock (steps)
                steps.Add(value);
        }
    }

    private static float Shade(int x, int y)
    {
        var (dx, dy) = ((x - (Width / 2f)) / Width, (y - (Height / 2f)) / Height);
        return 1 - (0.8f * ((dx * dx) + (dy * dy)));
    }

    private static float Lamp(int x, int y) => (x & 1, y & 1) switch { (0, 0) => 0.6f, (1, 1) => 0.2f, _ => 0.4f };

    private static float Bias(int x, int y) => (1000 + (((x * 7) + (y * 13)) % 40)) / 65535f;

    private static bool IsHot(int x, int y) => ((x * 31) + (y * 17)) % 97 == 5;

    private static float DarkRate(int x, int y) => IsHot(x, y) ? 0.0002f * (1 + (x % 5)) : 0.000002f;

    private CalibrationRequest Request() => new() { CacheFolder = Folder.File("cache") };

    private string[] Frames(string kind, int count, int seconds, BayerPattern? bayer, Func<int, int, float> light, Func<FrameMetadata, FrameMetadata>? change = null)
    {
        var metadata = new FrameMetadata { Exposure = TimeSpan.FromSeconds(seconds), Bayer = bayer };
        var paths = Enumerable.Range(0, count).Select(i => Folder.File($"{kind}-{seconds}-{i}.fits")).ToArray();
        for (var i = 0; i < count; i++)
        {
            using var frame = new Frame(Width, Height, 1, change?.Invoke(metadata) ?? metadata);
            var random = new Random(HashCode.Combine(kind.Length, seconds, i));
            for (var y = 0; y < Height; y++)
            {
                var row = frame.Row(0, y);
                for (var x = 0; x < Width; x++)
                    row[x] = Bias(x, y) + (DarkRate(x, y) * seconds) + (light(x, y) * Shade(x, y)) + (0.0003f * ((float)random.NextDouble() - 0.5f));
            }
            ImageFile.Write(paths[i], frame, SampleFormat.UInt16);
        }
        return paths;
    }

    private (Frame Result, StackReport Report) Stack(CalibrationRequest calibration, int seconds, BayerPattern? bayer, Func<FrameMetadata, FrameMetadata>? change = null)
    {
        var report = Stacker.Run(StackRequest(calibration, seconds, bayer, change));
        return (ImageFile.Read(Folder.File("stack.fits")), report);
    }

    private StackRequest StackRequest(CalibrationRequest calibration, int seconds, BayerPattern? bayer, Func<FrameMetadata, FrameMetadata>? change = null) => new()
    {
        Inputs = [.. Frames("light", 4, seconds, bayer, (_, _) => Sky, change).Select(path => new StackInput(path))],
        Alignment = StackAlignment.None,
        Calibration = calibration,
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 1 << 20,
    };

    private static double Spread(Frame frame, int channel)
    {
        var samples = frame.Plane(channel).ToArray();
        var mean = samples.Average(sample => (double)sample);
        return samples.Max(sample => Math.Abs(sample - mean)) / mean * Sky;
    }

    private static double Median(Frame frame, int channel)
    {
        var samples = frame.Plane(channel).ToArray();
        Array.Sort(samples);
        return samples[samples.Length / 2];
    }

    private static double HotPart(Frame frame)
    {
        var excess = new List<double>();
        for (var y = 0; y < Height; y++)
        {
            for (var x = 1; x < Width - 1; x++)
            {
                if (IsHot(x, y))
                    excess.Add(frame.Row(0, y)[x] - ((frame.Row(0, y)[x - 1] + frame.Row(0, y)[x + 1]) / 2));
            }
        }
        return excess.Max(Math.Abs);
    }
}
