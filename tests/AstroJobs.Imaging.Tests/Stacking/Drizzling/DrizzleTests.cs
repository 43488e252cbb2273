using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Drizzling;

public sealed class DrizzleTests : DrizzleFixture
{
    [Test]
    public void The_light_of_stars_is_kept_and_lies_where_it_was([Values(1, 1.5, 2, 3)] double scale, [Values(0.5, 1)] double fraction)
    {
        var sky = SparseSky();
        MakeDithered(sky, 8);
        var report = Stack(8, scale, fraction);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That((result.Width, result.Height), Is.EqualTo(((int)(Width * scale), (int)(Height * scale))));
        Assert.That(report.Notes, Has.Some.Contains("rejected from the drizzle"));
        Assert.That(report.Used.Max(frame => frame.RejectedLow + frame.RejectedHigh), Is.LessThan(0.006), "hardly more than the tails of the noise beyond three deviations");
        foreach (var star in sky.Stars.Where(star => star.X is > 20 and < Width - 20 && star.Y is > 20 and < Height - 20))
        {
            var (x, y) = ((star.X * scale) + ((scale - 1) / 2), (star.Y * scale) + ((scale - 1) / 2));
            var (flux, cx, cy) = Measure(result, x, y, 9 * scale, sky.Background);
            Assert.That(flux / (scale * scale), Is.EqualTo(star.Flux).Within(1).Percent);
            Assert.That(Math.Sqrt(Math.Pow(cx - x, 2) + Math.Pow(cy - y, 2)) / scale, Is.LessThan(0.06));
        }
    }

    [Test]
    public void A_satellite_and_a_cosmic_ray_stay_out_of_the_drizzle([Values] bool mosaic)
    {
        var sky = SparseSky();
        for (var i = 0; i < 10; i++)
        {
            using var frame = sky.Draw(Camera(sky, i), i, bayer: mosaic ? BayerPattern.Rggb : null);
            if (i == 3)
            {
                for (var x = 5; x < Width - 5; x++)
                {
                    for (var y = (x / 2) + 20; y < (x / 2) + 23; y++)
                        frame.Row(0, y)[x] += 0.15f;
                }
            }
            if (i == 7)
                frame.Row(0, 120)[100] = 0.9f;
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.UInt16);
        }
        var report = Stack(10, 2, 0.7);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var request = Request(10) with { Rejection = StackRejection.None };
        Stacker.Run(request with { Registration = request.Registration with { Drizzle = new DrizzleRequest(2, 0.7) }, OutputPath = Folder.File("all.fits") });
        using var all = ImageFile.Read(Folder.File("all.fits"));
        Assert.Multiple(() =>
        {
            for (var channel = 0; channel < result.Channels; channel++)
            {
                Assert.That(Differences(all, result, channel).Count(difference => difference > 0.008), Is.GreaterThan(800), "the trail was there");
                Assert.That(TrailLeft(result, channel, sky), Is.EqualTo(0).Within(0.0008));
            }
            Assert.That(report.Used[3].RejectedHigh, Is.EqualTo(3.0 * (Width - 10) / (Width * Height)).Within(35).Percent);
            Assert.That(report.Used.Where((_, i) => i != 3).Max(frame => frame.RejectedLow + frame.RejectedHigh), Is.LessThan(0.006));
        });
        foreach (var star in sky.Stars.Where(star => star.X is > 25 and < Width - 25 && star.Y is > 25 and < Height - 25).Where(_ => !mosaic))
            Assert.That(Measure(result, (star.X * 2) + 0.5, (star.Y * 2) + 0.5, 18, sky.Background).Flux / 4, Is.EqualTo(star.Flux).Within(1.5).Percent);
    }

    private static IEnumerable<float> Differences(Frame one, Frame other, int channel) =>
        one.Plane(channel).ToArray().Zip(other.Plane(channel).ToArray(), (a, b) => a - b).Where(float.IsFinite);

    /// <summary>The median of the sky along the way of the satellite, above the background.</summary>
    private static double TrailLeft(Frame result, int channel, MadeSky sky)
    {
        var (x0, y0) = Camera(sky, 3).Map(0, 0);
        float[] along = [.. Enumerable.Range(30, Width - 60).Select(x => result.Row(channel, (int)Math.Round(2 * ((x / 2.0) + 21 + y0)))[(int)Math.Round(2 * (x + x0))]).Order()];
        return along[along.Length / 2] - sky.Background;
    }

    [Test]
    public void All_light_of_a_frame_falls_somewhere()
    {
        // Without noise and alone in place, the sum over the result is the frame's, whatever the scale and the drop.
        var random = new Random(5);
        for (var i = 0; i < 2; i++)
        {
            var frame = new Frame(60, 50, 1);
            foreach (ref var sample in frame.Plane(0))
                sample = random.NextSingle();
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.Float32);
        }
        using var first = ImageFile.Read(Folder.File("f0.fits"));
        using var second = ImageFile.Read(Folder.File("f1.fits"));
        Stack(2, 2, 1, alignment: StackAlignment.None);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var expected = first.Plane(0).ToArray().Zip(second.Plane(0).ToArray()).Sum(pair => 0.5 * ((double)pair.First + pair.Second));
        Assert.That(result.Plane(0).ToArray().Sum(sample => (double)sample) / 4, Is.EqualTo(expected).Within(1e-4).Percent);
        Assert.That(result.Row(0, 20)[30], Is.EqualTo((first.Row(0, 10)[15] + second.Row(0, 10)[15]) / 2).Within(1e-6)); // a quarter of one pixel
    }

    [Test]
    public void Weights_count_the_frames_that_gave_their_light()
    {
        MakeDithered(SparseSky(), 6);
        Stack(6, 2, 0.6);
        using var weights = ImageFile.Read(Folder.File("weights.fits"));
        var middle = new List<double>();
        for (var y = 60; y < (Height * 2) - 60; y++)
            middle.AddRange(weights.Row(0, y)[60..^60].ToArray().Select(sample => (double)sample));
        Assert.That(middle.Average(), Is.EqualTo(6).Within(1).Percent);
        Assert.That(middle.Max() - middle.Min(), Is.GreaterThan(1)); // small drops do not cover evenly
    }

    [Test]
    public void Undersampled_stars_become_sharper_than_when_resampled()
    {
        var sky = new MadeSky(3, Width, Height, 60, margin: 20) { Fwhm = 1.5, Noise = 0.001 };
        MakeDithered(sky, 12);
        Stack(12, 2, 0.5);
        using var drizzled = ImageFile.Read(Folder.File("stack.fits"));
        Stacker.Run(Request(12));
        using var resampled = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(StarFinder.Find(drizzled).Fwhm / 2, Is.LessThan(StarFinder.Find(resampled).Fwhm!.Value * 0.97));
    }

    [Test]
    public void A_mosaic_keeps_the_colours_of_its_stars_without_interpolation()
    {
        var sky = SparseSky();
        // Three channels of known light; then only the sample of the mosaic is kept.
        double[] tint = [0.4, 1, 0.7];
        for (var i = 0; i < 24; i++)
        {
            var camera = Camera(sky, i);
            var stars = sky.Stars;
            var channels = new Frame[3];
            for (var channel = 0; channel < 3; channel++)
            {
                sky.Stars = [.. stars.Select(star => star with { Flux = star.Flux * tint[channel] })];
                channels[channel] = sky.Draw(camera, (i * 3) + channel);
            }
            sky.Stars = stars;
            var mosaic = new Frame(Width, Height, 1, new FrameMetadata { Bayer = BayerPattern.Grbg });
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                    mosaic.Row(0, y)[x] = channels[(x & 1) == (y & 1) ? 1 : (y & 1) == 0 ? 0 : 2].Row(0, y)[x];
            }
            Save(mosaic, $"f{i}.fits");
            foreach (var channel in channels)
                channel.Dispose();
        }
        var report = Stack(24, 1, 1);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That((report.Channels, result.Channels), Is.EqualTo((3, 3)));
        foreach (var star in sky.Stars.Where(star => star.Flux > 5 && star.X is > 20 and < Width - 20 && star.Y is > 20 and < Height - 20))
        {
            for (var channel = 0; channel < 3; channel++)
                Assert.That(Measure(result, star.X, star.Y, 8, sky.Background, channel).Flux, Is.EqualTo(star.Flux * tint[channel]).Within(3).Percent);
        }
    }

    [Test]
    public void Where_no_drop_fell_the_picture_is_filled_and_a_note_says_how_much()
    {
        var sky = SparseSky();
        for (var i = 0; i < 2; i++)
            Save(sky.Draw(sky.Camera(i * 0.4, i * 0.3), i, bayer: BayerPattern.Rggb), $"f{i}.fits");
        var report = Stack(2, 2, 0.8);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        using var weights = ImageFile.Read(Folder.File("weights.fits"));
        var holes = Enumerable.Range(0, 3).Sum(channel => weights.Plane(channel).ToArray().Count(weight => weight == 0)) / (3.0 * weights.PixelCount);
        Assert.Multiple(() =>
        {
            Assert.That(holes, Is.GreaterThan(0.2));
            Assert.That(report.Notes, Has.Some.StartsWith(FormattableString.Invariant($"{100 * holes:0.#} % of the samples got no light and were filled")));
            for (var channel = 0; channel < 3; channel++)
            {
                Assert.That(result.Plane(channel).ToArray(), Has.None.NaN);
                Assert.That(result.Plane(channel).ToArray().Order().ElementAt(result.PixelCount / 2), Is.EqualTo(sky.Background).Within(1).Percent);
            }
        });
    }

    /// <summary>So wide that with little memory it is cut into tiles side by side.</summary>
    [Test]
    public void The_result_does_not_depend_on_threads_or_memory()
    {
        const int frames = 3;
        var random = new Random(4);
        for (var i = 0; i < frames; i++)
        {
            var frame = new Frame(3000, 64, 1);
            for (var y = 0; y < frame.Height; y++)
            {
                for (var x = 0; x < frame.Width; x++)
                    frame.Row(0, y)[x] = 0.1f + (i * x * x * 1e-9f) + (0.001f * random.NextSingle()) + (random.Next(500) == 0 ? 0.3f : 0);
            }
            Save(frame, $"f{i}.fits");
        }
        var request = Request(frames) with
        {
            Alignment = StackAlignment.None,
            Rejection = StackRejection.Sigma,
            RejectionLimits = new RejectionLimits(1, 1),
            Normalization = StackNormalization.Local,
            RejectionMaps = new RejectionMapPaths(Folder.File("low.fits"), Folder.File("high.fits")),
        };
        var results = new List<float[]>();
        foreach (var (threads, memory) in new[] { (1, 64 << 20), (3, 1 << 19) })
        {
            Stacker.Run(request with { Threads = threads, MemoryBytes = memory, Registration = new RegistrationRequest { Drizzle = new DrizzleRequest(3, 0.2) } });
            results.Add([.. Samples("stack.fits"), .. Samples("low.fits"), .. Samples("high.fits")]);
        }
        Assert.That(Samples("high.fits").Max(), Is.GreaterThan(0));
        Assert.That(results[1].AsSpan().SequenceEqual(results[0]), Is.True);
    }

    private float[] Samples(string name)
    {
        using var picture = ImageFile.Read(Folder.File(name));
        return picture.Plane(0).ToArray();
    }

    private static (double Flux, double X, double Y) Measure(Frame frame, double x, double y, double radius, double background, int channel = 0)
    {
        double flux = 0, sx = 0, sy = 0;
        for (var row = (int)(y - radius); row <= y + radius; row++)
        {
            for (var column = (int)(x - radius); column <= x + radius; column++)
            {
                if (((column - x) * (column - x)) + ((row - y) * (row - y)) > radius * radius)
                    continue;
                var light = frame.Row(channel, row)[column] - background;
                (flux, sx, sy) = (flux + light, sx + (light * column), sy + (light * row));
            }
        }
        return (flux, sx / flux, sy / flux);
    }
}
