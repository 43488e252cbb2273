using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

public sealed class StackerTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 360;

    private readonly MadeSky _sky = new(1, Width, Height, 250, margin: 250);

    [TestCase(1, null, ".fits", SampleFormat.UInt16)]
    [TestCase(1, BayerPattern.Grbg, ".fits", SampleFormat.UInt16)]
    [TestCase(3, null, ".png", SampleFormat.UInt16)]
    [TestCase(3, null, ".tif", SampleFormat.Float32)]
    public void A_moved_and_turned_series_keeps_its_stars_sharp_and_in_place_and_loses_noise(int channels, BayerPattern? bayer, string extension, SampleFormat format)
    {
        const int count = 9;
        var cameras = Enumerable.Range(0, count).Select(i => _sky.Camera(i * 3.3, i * -2.1, i * 0.2)).ToArray();
        for (var i = 0; i < count; i++)
            Save(_sky.Draw(cameras[i], i, channels, bayer), $"f{i}{extension}", format);
        var report = Stack([.. Enumerable.Range(0, count).Select(i => $"f{i}{extension}")]);

        Assert.That(report.LeftOut, Is.Empty);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That((result.Width, result.Height, result.Channels), Is.EqualTo((Width, Height, bayer is null ? channels : 3)));
        var reference = cameras[Array.FindIndex([.. report.Used], frame => frame.Path == report.Reference)];
        var field = StarFinder.Find(result);
        using var single = _sky.Draw(reference, 77, channels, bayer);
        var alone = StarFinder.Find(single);
        var errors = Errors(field, reference);
        Assert.Multiple(() =>
        {
            Assert.That(errors, Has.Count.GreaterThan(5));
            Assert.That(Math.Sqrt(errors.Average(e => e * e)), Is.LessThan(0.1));
            Assert.That(field.Fwhm, Is.EqualTo(alone.Fwhm).Within(bayer is null ? 5 : 12).Percent); // bilinear colours cost sharpness
            if (bayer is null)
                Assert.That(field.Noise, Is.EqualTo(alone.Noise / Math.Sqrt(count)).Within(10).Percent);
            Assert.That(report.TotalExposure, Is.EqualTo(TimeSpan.FromSeconds(10 * count)));
        });
        for (var i = 0; i < count; i++)
        {
            var truth = Relative(cameras[i], reference);
            Assert.That(report.Used[i].RotationDegrees, Is.EqualTo(truth.RotationDegrees).Within(0.02));
            Assert.That(report.Used[i].RmsPixels, Is.LessThan(bayer is null ? 0.2 : 0.3));
        }
    }

    [Test]
    public void A_result_among_its_frames_is_pointed_out()
    {
        for (var i = 0; i < 3; i++)
            Save(_sky.Draw(_sky.Camera(), i), $"f{i}.fits");
        Assert.That(Stack("f0.fits", "f1.fits", "f2.fits").Notes, Is.Empty);
        File.Move(Folder.File("stack.fits"), Folder.File("night.fits"));
        Assert.That(Stack("f0.fits", "f1.fits", "night.fits").Notes, Has.Some.StartsWith("1 of 3 frames is a stack of frames itself").And.Some.Contains("night.fits"));
    }

    [Test]
    public void Better_colours_keep_stars_narrow_and_do_not_depend_on_threads_or_memory([Values(DemosaicMethod.Malvar, DemosaicMethod.Rcd)] DemosaicMethod demosaic)
    {
        for (var i = 0; i < 4; i++)
            Save(_sky.Draw(_sky.Camera(i * 3.3, i * -2.1, i * 0.2), i, bayer: BayerPattern.Gbrg), $"f{i}.fits");
        var results = new List<float[]>();
        foreach (var (threads, memory) in new[] { (1, 200 << 20), (3, 2 << 20) })
        {
            Stacker.Run(Request("f0.fits", "f1.fits", "f2.fits", "f3.fits") with { Demosaic = demosaic, Threads = threads, MemoryBytes = memory });
            using var result = ImageFile.Read(Folder.File("stack.fits"));
            results.Add(result.Plane(0).ToArray());
            Assert.That(StarFinder.Find(result).Fwhm, Is.EqualTo(_sky.Fwhm).Within(5).Percent);
            Assert.That(result.Metadata.History, Has.Some.StartsWith("mosaic made colour by " + (demosaic == DemosaicMethod.Rcd ? "RCD" : "Malvar")));
        }
        Assert.That(results[1], Is.EqualTo(results[0]));
    }

    [Test]
    public void Frames_that_cannot_be_used_are_left_out_and_named()
    {
        for (var i = 0; i < 4; i++)
            Save(_sky.Draw(_sky.Camera(i * 2), i), $"f{i}.fits");
        File.WriteAllText(Folder.File("note.jpg"), "not a picture");
        File.WriteAllBytes(Folder.File("empty.fits"), []);
        File.WriteAllBytes(Folder.File("torn.fits"), File.ReadAllBytes(Folder.File("f1.fits"))[..100_000]);
        Save(new MadeSky(99, Width, Height, 300).Draw(PixelMap.Identity, 9), "foreign.fits");
        Save(_sky.Draw(PixelMap.Identity, 8, channels: 3), "colour.png");
        var report = Stack("f0.fits", "note.jpg", "empty.fits", "f1.fits", "torn.fits", "foreign.fits", "f2.fits", "colour.png", "f3.fits", "missing.fits");
        Assert.Multiple(() =>
        {
            Assert.That(report.Used.Select(frame => Path.GetFileName(frame.Path)), Is.EqualTo(new[] { "f0.fits", "f1.fits", "f2.fits", "f3.fits" }));
            Assert.That(
                report.LeftOut.Select(frame => Path.GetFileName(frame.Path)),
                Is.EqualTo(new[] { "note.jpg", "empty.fits", "torn.fits", "foreign.fits", "colour.png", "missing.fits" }));
            Assert.That(report.LeftOut[3].Reason, Does.Match(@"cannot be registered on f\d\.fits: .*\d+ of its \d+ stars"));
            Assert.That(report.LeftOut[4].Reason, Does.Contain("5 of the 6 frames are mono"));
            Assert.That(report.LeftOut[5].Reason, Does.Contain("missing.fits"));
        });
    }

    [Test]
    public void The_result_does_not_depend_on_threads_or_memory([Values(StackMode.Mean, StackMode.Median)] StackMode mode)
    {
        for (var i = 0; i < 5; i++)
            Save(_sky.Draw(_sky.Camera(i * 5.3, 0, i * 30), i), $"f{i}.fits");
        var names = Enumerable.Range(0, 5).Select(i => $"f{i}.fits").ToArray();
        var results = new List<byte[]>();
        foreach (var (threads, memory) in new[] { (1, 200 << 20), (3, 200 << 20), (2, 1 << 20) })
        {
            Stacker.Run(Request(names) with { Mode = mode, Threads = threads, MemoryBytes = memory });
            using var frame = ImageFile.Read(Folder.File("stack.fits"));
            results.Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes(frame.Plane(0)).ToArray());
        }
        Assert.That(results[1], Is.EqualTo(results[0]));
        Assert.That(results[2], Is.EqualTo(results[0]));
    }

    [Test]
    public void A_mirrored_and_a_larger_frame_are_laid_on_the_others()
    {
        for (var i = 0; i < 3; i++)
            Save(_sky.Draw(_sky.Camera(i), i), $"f{i}.fits");
        Save(_sky.Draw(_sky.Camera(4, 2, 180, mirrored: true), 3), "mirrored.fits");
        Save(_sky.Draw(_sky.Camera(-40, -30), 4, width: Width + 90, height: Height + 70), "larger.fits");
        var report = Stack("f0.fits", "f1.fits", "f2.fits", "mirrored.fits", "larger.fits");
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            Assert.That(report.Used.Select(frame => frame.IsMirrored != report.Used[0].IsMirrored), Is.EqualTo(new[] { false, false, false, true, false }));
            Assert.That(report.Used[4].Width, Is.EqualTo(Width + 90));
        });
    }

    [TestCase(StackMode.Mean, 0.3f)]
    [TestCase(StackMode.Sum, 0.9f)]
    [TestCase(StackMode.Max, 0.5f)]
    [TestCase(StackMode.Min, 0.1f)]
    [TestCase(StackMode.Median, 0.3f)]
    public void Unaligned_frames_are_combined_pixel_on_pixel(StackMode mode, float expected)
    {
        foreach (var level in new[] { 1, 3, 5 })
            Save(Flat(level * 0.1f), $"f{level}.fits", SampleFormat.Float32);
        Save(Flat(0.9f, 64), "small.fits", SampleFormat.Float32);
        var report = Stacker.Run(Request("f1.fits", "f3.fits", "f5.fits", "small.fits") with { Mode = mode, Alignment = StackAlignment.None });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Plane(0).ToArray(), Is.All.EqualTo(expected).Within(1e-6));
            Assert.That(report.LeftOut.Single().Reason, Does.Contain("64×64"));
            Assert.That(result.Metadata.StackCount, Is.EqualTo(3));
        });
    }

    [Test]
    public void A_sum_is_the_mean_in_a_format_that_would_cut_it()
    {
        Save(Flat(0.8f), "a.fits", SampleFormat.Float32);
        Save(Flat(0.6f), "b.fits", SampleFormat.Float32);
        var report = Stacker.Run(Request("a.fits", "b.fits") with { Mode = StackMode.Sum, Alignment = StackAlignment.None, OutputPath = Folder.File("sum.png") });
        using var result = ImageFile.Read(Folder.File("sum.png"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Plane(0)[0], Is.EqualTo(0.7f).Within(0.0001));
            Assert.That(report.Notes.Single(), Does.Contain("divided"));
        });
    }

    [Test]
    public void Where_fewer_frames_reach_the_mean_is_theirs()
    {
        for (var i = 0; i < 4; i++)
            Save(_sky.Draw(_sky.Camera(i * 60), i), $"f{i}.fits");
        Stack("f0.fits", "f1.fits", "f2.fits", "f3.fits");
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var field = StarFinder.Find(result);
        Assert.That(field.Background, Is.EqualTo(0.1).Within(0.001));
        foreach (var x in new[] { 3, Width / 2, Width - 4 })
        {
            var column = Enumerable.Range(0, Height).Select(y => result.Row(0, y)[x]).Order().ToArray();
            Assert.That(column[Height / 2], Is.EqualTo(0.1).Within(0.002), $"column {x}");
        }
    }

    [Test]
    public void A_stack_found_among_the_frames_is_not_stacked_again()
    {
        for (var i = 0; i < 3; i++)
            Save(_sky.Draw(_sky.Camera(i), i), $"f{i}.fits");
        Stacker.Run(Request("f0.fits", "f1.fits", "f2.fits") with { PreviewPath = Folder.File("preview.jpg"), OutputPath = Folder.File("old.tif") });
        Stack("f0.fits", "f1.fits", "f2.fits");
        File.Move(Folder.File("stack.fits"), Folder.File("old.fits"));
        var found = new[] { "f0.fits", "f1.fits", "f2.fits", "old.fits" }.Select(name => new StackInput(Folder.File(name), IsNamed: false)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(Stacker.Run(Request() with { Inputs = found }).LeftOut.Single().Reason, Does.StartWith("a stack made by this program"));
            Assert.That(Stack("f0.fits", "f1.fits", "f2.fits", "old.fits").LeftOut, Is.Empty);
        });
    }

    [Test]
    public void The_result_tells_its_story()
    {
        var first = new DateTimeOffset(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 3; i++)
        {
            var frame = _sky.Draw(_sky.Camera(i), i, bayer: BayerPattern.Rggb);
            frame.Metadata = frame.Metadata with
            {
                DateObs = first.AddMinutes(3 - i),
                Object = "M 42",
                Gain = 100 << i,
                Iso = 800,
                Filter = i == 1 ? "OIII" : "Ha",
                SensorTemperatureC = -10 + i,
            };
            Save(frame, $"f{i}.fits");
        }
        Stack("f0.fits", "f1.fits", "f2.fits");
        using var reader = ImageFile.Open(Folder.File("stack.fits"));
        var metadata = reader.Info.Metadata;
        Assert.Multiple(() =>
        {
            Assert.That(reader.Info.Format, Is.EqualTo(SampleFormat.Float32));
            Assert.That(metadata.StackCount, Is.EqualTo(3));
            Assert.That(metadata.Exposure, Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(metadata.DateObs, Is.EqualTo(first.AddMinutes(1)));
            Assert.That(metadata.DateEnd, Is.EqualTo(first.AddMinutes(3).AddSeconds(10)), "the end of the last exposure");
            Assert.That((metadata.Gain, metadata.Iso, metadata.Filter), Is.EqualTo(((double?)null, 800, "Ha+OIII")), "what all say; of what differs all or nothing");
            Assert.That(metadata.SensorTemperatureC, Is.EqualTo(-9));
            Assert.That(metadata.Bayer, Is.Null);
            Assert.That(metadata.Object, Is.EqualTo("M 42"));
            Assert.That(metadata.History, Has.Some.Contains("3 frames stacked: mean"));
            Assert.That(Cards(Folder.File("stack.fits"), "STACKCNT", "EXPTIME", "LIVETIME"), Is.EqualTo(new[] { 3.0, 30, 30 }));
        });
    }

    /// <summary>Numbers of a FITS header as they stand in the file (FITS 4.0, 4.1: 80 characters a card).</summary>
    private static double[] Cards(string path, params string[] keywords)
    {
        var cards = System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(path), 0, 2 * 2880).Chunk(80).Select(static card => new string(card)).ToArray();
        return [.. keywords.Select(keyword => double.Parse(cards.Single(card => card.StartsWith($"{keyword,-8}=", StringComparison.Ordinal))[10..].Split('/')[0], System.Globalization.CultureInfo.InvariantCulture))];
    }

    [Test]
    public void The_preview_is_a_stretched_picture_and_nothing_else_stays_behind()
    {
        for (var i = 0; i < 3; i++)
            Save(_sky.Draw(_sky.Camera(i), i, channels: 3), $"f{i}.png", SampleFormat.UInt8);
        var work = Directory.CreateDirectory(Folder.File("work")).FullName;
        Stacker.Run(Request("f0.png", "f1.png", "f2.png") with { PreviewPath = Folder.File("preview.jpg"), WorkFolder = work });
        using var preview = ImageFile.Read(Folder.File("preview.jpg"));
        Assert.Multiple(() =>
        {
            Assert.That((preview.Width, preview.Height), Is.EqualTo((Width, Height)));
            Assert.That(preview.Plane(1).ToArray().Average(), Is.EqualTo(0.25).Within(0.05));
            Assert.That(Directory.GetFiles(work), Is.Empty);
        });
    }

    [Test]
    public void Under_two_usable_frames_there_is_no_stack()
    {
        Save(_sky.Draw(PixelMap.Identity), "f0.fits");
        Assert.That(
            () => Stack("f0.fits", "missing.fits"),
            Throws.TypeOf<StackException>().With.Message.StartsWith("1 of 2 frames can be used, and a stack needs two. Left out: missing.fits: "));
        Assert.That(File.Exists(Folder.File("stack.fits")), Is.False);
    }

    [Test]
    public void Cancelling_leaves_nothing_behind([Values(StackPhase.Read, StackPhase.Register, StackPhase.Integrate, StackPhase.Write)] StackPhase phase)
    {
        for (var i = 0; i < 3; i++)
            Save(_sky.Draw(_sky.Camera(i), i, channels: 3), $"f{i}.png", SampleFormat.UInt8);
        var work = Directory.CreateDirectory(Folder.File("work")).FullName;
        using var cancel = new CancellationTokenSource();
        var request = Request("f0.png", "f1.png", "f2.png") with { WorkFolder = work, PreviewPath = Folder.File("preview.jpg") };
        if (phase == StackPhase.Write)
            Assert.That(Stacker.Run(request, new CancelAt(phase, cancel), cancel.Token).Used, Has.Count.EqualTo(3)); // done is done
        else
            Assert.That(() => Stacker.Run(request, new CancelAt(phase, cancel), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(work), Is.Empty);
        Assert.That(File.Exists(Folder.File("stack.fits")), Is.EqualTo(phase == StackPhase.Write));
    }

    private static Frame Flat(float level, int size = 100)
    {
        var frame = new Frame(size, size, 1);
        frame.Plane(0).Fill(level);
        return frame;
    }

    private static PixelMap Relative(PixelMap camera, PixelMap reference)
    {
        var back = reference.Inverse();
        var (x0, y0) = Both(0, 0);
        var (x1, y1) = Both(1000, 0);
        var (x2, y2) = Both(0, 1000);
        return new PixelMap((x1 - x0) / 1000, (x2 - x0) / 1000, x0, (y1 - y0) / 1000, (y2 - y0) / 1000, y0);

        (double X, double Y) Both(double x, double y)
        {
            var (sx, sy) = camera.Map(x, y);
            return back.Map(sx, sy);
        }
    }

    private List<double> Errors(StarField field, PixelMap reference)
    {
        var fromSky = reference.Inverse();
        var places = _sky.Stars.Where(star => star.Flux > 4 && _sky.Stars.All(other => other == star || Math.Abs(other.X - star.X) + Math.Abs(other.Y - star.Y) > 20))
            .Select(star => fromSky.Map(star.X, star.Y)).Where(at => at.X is > 20 and < Width - 20 && at.Y is > 20 and < Height - 20);
        return [.. places.Select(at => field.Stars.Min(star => Math.Sqrt(Math.Pow(star.X - at.X, 2) + Math.Pow(star.Y - at.Y, 2))))];
    }

    private void Save(Frame frame, string name, SampleFormat format = SampleFormat.UInt16)
    {
        ImageFile.Write(Folder.File(name), frame, format);
        frame.Dispose();
    }

    private StackReport Stack(params string[] names) => Stacker.Run(Request(names));

    private StackRequest Request(params string[] names) => new()
    {
        Inputs = [.. names.Select(name => new StackInput(Folder.File(name)))],
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };

    private sealed class CancelAt(StackPhase phase, CancellationTokenSource cancel) : IProgress<StackProgress>
    {
        public void Report(StackProgress value)
        {
            if (value.Phase == phase)
                cancel.Cancel();
        }
    }
}
