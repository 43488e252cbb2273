using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>Pictures without stars: a made planet on black and a made landscape of craters, both drawn from formulas at any place.</summary>
public sealed class SurfaceStackTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 400;

    private static readonly (double X, double Y)[] Shifts = [(0, 0), (3.4, -2.7), (-41.25, 17.5), (88.6, -30.35), (12.75, 44.1)];

    [TestCase(false)]
    [TestCase(true)]
    public void Shifts_are_found_to_a_twentieth_of_a_pixel(bool isMoon)
    {
        for (var i = 0; i < Shifts.Length; i++)
            Save(Draw(isMoon, Shifts[i], 1, i), $"f{i}.fits");
        var report = Stack(5, new RegistrationRequest { Reference = Folder.File("f0.fits") });
        Assert.That(report.LeftOut, Is.Empty);
        for (var i = 1; i < Shifts.Length; i++)
        {
            Assert.That(report.Used[i].ShiftX, Is.EqualTo(-Shifts[i].X).Within(0.05), $"frame {i}");
            Assert.That(report.Used[i].ShiftY, Is.EqualTo(-Shifts[i].Y).Within(0.05), $"frame {i}");
        }
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        using var clean = Draw(isMoon, (0, 0), 1, -1);
        var errors = new List<double>();
        for (var y = 60; y < Height - 60; y++)
        {
            for (var x = 100; x < Width - 100; x++)
                errors.Add(result.Row(0, y)[x] - clean.Row(0, y)[x]);
        }
        Assert.That(Math.Sqrt(errors.Average(error => error * error)), Is.LessThan(0.01 / Math.Sqrt(5) * 1.15)); // the noise of five
    }

    [Test]
    public void A_turning_moon_is_turned_back()
    {
        double[] degrees = [0, 0.35, -1.5, 3.2, 8];
        for (var i = 0; i < degrees.Length; i++)
            Save(Draw(isMoon: true, (Shifts[i].X / 3, Shifts[i].Y / 3), 1, i, degrees[i]), $"f{i}.fits");
        var report = Stack(5, new RegistrationRequest { Reference = Folder.File("f0.fits") });
        var shifted = Stack(5, new RegistrationRequest { Reference = Folder.File("f0.fits"), Transform = TransformModel.Shift });
        Stack(5, new RegistrationRequest { Reference = Folder.File("f0.fits") });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        using var clean = Draw(isMoon: true, (0, 0), 1, -1);
        var errors = new List<double>();
        for (var y = 100; y < Height - 100; y++)
        {
            for (var x = 120; x < Width - 120; x++)
                errors.Add(result.Row(0, y)[x] - clean.Row(0, y)[x]);
        }
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            for (var i = 1; i < degrees.Length; i++)
                Assert.That(report.Used[i].RotationDegrees, Is.EqualTo(-degrees[i]).Within(0.03), $"frame {i}");
            Assert.That(Math.Sqrt(errors.Average(error => error * error)), Is.LessThan(0.01 / Math.Sqrt(5) * 1.3));
            Assert.That(shifted.Used.Select(frame => frame.RotationDegrees), Is.All.Zero, "asked for a shift");
        });
    }

    [Test]
    public void The_sharpest_is_the_reference_and_the_best_are_the_sharpest()
    {
        double[] blurs = [2.5, 1, 3.5, 1.4, 2];
        for (var i = 0; i < blurs.Length; i++)
            Save(Draw(isMoon: true, Shifts[i], blurs[i], i), $"f{i}.fits");
        var report = Stack(5, new RegistrationRequest { Best = BestShare.TryParse("60%") });
        Assert.Multiple(() =>
        {
            Assert.That(Path.GetFileName(report.Reference), Is.EqualTo("f1.fits"));
            Assert.That(report.Used.Select(frame => Path.GetFileName(frame.Path)), Is.EqualTo(new[] { "f1.fits", "f3.fits", "f4.fits" }));
            Assert.That(report.LeftOut.Select(frame => frame.Reason), Is.All.Match(@"^not among the best 60 %: place [45] of 5 by its sharpness of 0\.\d+$"));
            Assert.That(report.LeftOut[1].Quality!.Sharpness, Is.LessThan(report.LeftOut[0].Quality!.Sharpness!.Value));
        });
    }

    [Test]
    public void Another_picture_is_left_out()
    {
        Save(Draw(isMoon: true, (0, 0), 1, 0), "f0.fits");
        Save(Draw(isMoon: true, (5, 5), 1, 1), "f1.fits");
        var noise = new MadeSky(5, Width, Height, 0).Draw(PixelMap.Identity);
        Save(noise, "f2.fits");
        var report = Stack(3, new RegistrationRequest { Reference = Folder.File("f0.fits") });
        Assert.That(report.LeftOut.Single().Reason, Does.Match(@"^it cannot be laid on f0\.fits: its picture is not like the reference's: -?\d+ % at the best shift, 30 % are needed$"));
    }

    [Test]
    public void Stars_out_of_focus_are_found_in_joined_pixels()
    {
        var sky = new MadeSky(3, 800, 600, 60, faintest: 150, brightest: 900, margin: 60) { Fwhm = 26, Noise = 0.01 };
        for (var i = 0; i < 3; i++)
            Save(sky.Draw(sky.Camera(i * 14.5, i * -9.25), i), $"f{i}.fits");
        var report = Stack(3, new RegistrationRequest { Reference = Folder.File("f0.fits") }, StackAlignment.Stars);
        Assert.That(report.LeftOut, Is.Empty);
        Assert.That(report.Used[2].ShiftX, Is.EqualTo(29).Within(0.7));
        Assert.That(report.Used[2].ShiftY, Is.EqualTo(-18.5).Within(0.7));
    }

    [Test]
    public void Where_too_few_stars_are_found_the_whole_picture_tells_the_shift()
    {
        var sky = new MadeSky(3, Width, Height, 0) { Stars = [new MadeStar(150, 120, 20), new MadeStar(260.5, 170, 12), new MadeStar(200, 240.25, 8)] };
        var hot = new Random(3);
        (int X, int Y)[] pixels = [.. Enumerable.Range(0, 40).Select(_ => (hot.Next(Width), hot.Next(Height)))];
        for (var i = 0; i < 3; i++)
        {
            var frame = sky.Draw(sky.Camera(i * 11.5, i * -6.25), i);
            foreach (var (x, y) in pixels)
                frame.Row(0, y)[x] = 0.9f;
            Save(frame, $"f{i}.fits");
        }
        var report = Stack(3, new RegistrationRequest { Reference = Folder.File("f0.fits") }, StackAlignment.Stars);
        Assert.That(report.LeftOut, Is.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(report.Used[2].ShiftX, Is.EqualTo(23).Within(0.1));
            Assert.That(report.Used[2].ShiftY, Is.EqualTo(-12.5).Within(0.1));
            Assert.That(report.Notes, Has.Some.EqualTo("2 of 3 frames are laid on the reference by the whole picture, shifted only, since too few stars were found (f1.fits, f2.fits)"));
        });
    }

    /// <param name="blur">Sigma of the seeing, pixels: the formulas are drawn softer by so much.</param>
    /// <param name="seed">Negative for no noise.</param>
    /// <param name="degrees">How far it is turned clockwise about the middle before it is shifted.</param>
    private static Frame Draw(bool isMoon, (double X, double Y) shift, double blur, int seed, double degrees = 0)
    {
        var frame = new Frame(Width, Height, 1);
        var random = new Random(Math.Max(seed, 0));
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        for (var y = 0; y < Height; y++)
        {
            var row = frame.Row(0, y);
            for (var x = 0; x < Width; x++)
            {
                var (dx, dy) = (x - shift.X - (Width / 2), y - shift.Y - (Height / 2));
                var (sx, sy) = ((Width / 2) + (cosine * dx) + (sine * dy), (Height / 2) - (sine * dx) + (cosine * dy));
                var light = isMoon ? Moon(sx, sy, blur) : Planet(sx, sy, blur);
                row[x] = (float)(light + (seed < 0 ? 0 : 0.01 * Normal(random)));
            }
        }
        return frame;
    }

    /// <summary>A disc with belts and a spot.</summary>
    private static double Planet(double x, double y, double blur)
    {
        var (dx, dy) = (x - 200, y - 150);
        var edge = 1 / (1 + Math.Exp((Math.Sqrt((dx * dx) + (dy * dy)) - 45) / blur));
        var belts = 0.6 + (0.15 * Math.Sin(dy / 5)) + (0.1 * Math.Sin((dy / 3) + 1));
        var spot = 0.2 * Math.Exp(-(((dx - 15) * (dx - 15)) + ((dy + 12) * (dy + 12))) / 50);
        return 0.05 + (edge * (belts - spot));
    }

    /// <summary>Craters of a fixed seed: each a rim around a dark floor.</summary>
    private static double Moon(double x, double y, double blur)
    {
        var light = 0.4 + (0.0003 * x);
        foreach (var (cx, cy, radius) in Craters)
        {
            var (dx, dy) = (x - cx, y - cy);
            var distance = (Math.Sqrt((dx * dx) + (dy * dy)) - radius) / (1.2 * blur);
            if (distance > 8)
                continue;
            light += (0.12 * -Math.Tanh(dx / (2 * blur)) * Math.Exp(-distance * distance / 2) / blur) - (0.05 / (1 + Math.Exp(distance)));
        }
        return light;
    }

    private static readonly (double X, double Y, double Radius)[] Craters = MakeCraters();

    private static (double X, double Y, double Radius)[] MakeCraters()
    {
        var random = new Random(17);
        return [.. Enumerable.Range(0, 90).Select(_ => ((random.NextDouble() * (Width + 240)) - 120, (random.NextDouble() * (Height + 240)) - 120, 4 + (random.NextDouble() * 16)))];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private void Save(Frame frame, string name)
    {
        ImageFile.Write(Folder.File(name), frame, SampleFormat.UInt16);
        frame.Dispose();
    }

    private StackReport Stack(int count, RegistrationRequest registration, StackAlignment alignment = StackAlignment.Surface) => Stacker.Run(new StackRequest
    {
        Inputs = [.. Enumerable.Range(0, count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
        Alignment = alignment,
        Registration = registration,
        Rejection = StackRejection.None,
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    });
}
