using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>Which part of the sky a stack shows, and what is held still on it.</summary>
public sealed class FramingTests : FolderFixture
{
    private const int Width = 400;
    private const int Height = 300;

    private static readonly DateTimeOffset Evening = new(2026, 11, 21, 19, 0, 0, TimeSpan.Zero);

    private readonly MadeSky _sky = new(3, Width, Height, 600, margin: 250);

    [TestCase(StackFraming.Reference, 0, 0, Width, Height)]
    [TestCase(StackFraming.Max, -30, 0, Width + 30 + 60 + 1, Height + 40 + 1)]
    [TestCase(StackFraming.Min, 60, 40, Width - 30 - 60, Height - 40)]
    [TestCase(StackFraming.Cog, 10, 13, Width, Height)]
    public void The_picture_shows_the_part_that_was_asked_for(StackFraming framing, int left, int top, int width, int height)
    {
        MakeThree();
        var report = Stack(framing);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Canvas.Left, Is.EqualTo(left).Within(1));
            Assert.That(report.Canvas.Top, Is.EqualTo(top).Within(1));
            Assert.That(report.Canvas.Width, Is.EqualTo(width).Within(2));
            Assert.That(report.Canvas.Height, Is.EqualTo(height).Within(2));
            Assert.That((result.Width, result.Height), Is.EqualTo((report.Canvas.Width, report.Canvas.Height)));
            Assert.That(report.Used.Select(frame => Math.Round(frame.ShiftX)), Is.EqualTo(new[] { 0, 60, -30 })); // still told against the reference
            Assert.That(StarErrors(result, report.Canvas).Max(), Is.LessThan(0.25));
        });
    }

    [Test]
    public void Where_no_frame_reaches_there_is_no_data_and_coverage_counts_the_frames()
    {
        MakeThree();
        var report = Stack(StackFraming.Max);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        using var coverage = ImageFile.Read(Folder.File("coverage.fits"));
        var expected = new int[result.PixelCount];
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                foreach (var (dx, dy) in new[] { (0, 0), (60, 40), (-30, 0) })
                {
                    var (fx, fy) = (x + report.Canvas.Left - dx, y + report.Canvas.Top - dy);
                    expected[(y * result.Width) + x] += fx >= 0 && fy >= 0 && fx < Width && fy < Height ? 1 : 0;
                }
            }
        }
        var counted = coverage.Plane(0).ToArray();
        var edges = Enumerable.Range(0, counted.Length).Count(i => counted[i] != expected[i]);
        Assert.Multiple(() =>
        {
            Assert.That(edges, Is.LessThan(4 * (Width + Height))); // a row or column at an edge, where the map is a hair off
            Assert.That(result.Plane(0).ToArray().Zip(counted).All(pair => float.IsNaN(pair.First) == (pair.Second == 0)));
            Assert.That(counted.Max(), Is.EqualTo(3));
        });
    }

    [TestCase(StackFraming.Max, null, null)]
    [TestCase(StackFraming.Min, null, null)]
    [TestCase(StackFraming.Cog, 2.0, null)]
    [TestCase(StackFraming.Max, null, 1.0)]
    [TestCase(StackFraming.Reference, 2.0, 0.6)]
    public void The_place_on_the_sky_moves_with_the_framing(StackFraming framing, double? drizzle, double? crop)
    {
        MakeThree();
        var sky = new SkyPlane("TAN", 120.25, 80.5, 299.9, 22.7, -4e-4, 1e-5, 1e-5, -4e-4);
        using (var frame = _sky.Draw(_sky.Camera(), 0))
        {
            frame.Metadata = frame.Metadata with { Sky = sky };
            ImageFile.Write(Folder.File("f0.fits"), frame, SampleFormat.UInt16);
        }
        var report = Stacker.Run(Request(framing) with
        {
            CoveragePath = null,
            Registration = new RegistrationRequest { Reference = Folder.File("f0.fits"), Framing = framing, CropShare = crop, Drizzle = drizzle is { } scale ? new DrizzleRequest(scale, 1) : null },
        });
        using var reader = ImageFile.Open(Folder.File("stack.fits"));
        var moved = reader.Info.Metadata.Sky!;
        // Any pixel of the reference lies at the same place of the plane as where it came to.
        var (x, y, factor) = (33.0, 250.0, drizzle ?? 1);
        var (nx, ny) = (((x - report.Canvas.Left) * factor) + ((factor - 1) / 2), ((y - report.Canvas.Top) * factor) + ((factor - 1) / 2));
        Assert.Multiple(() =>
        {
            Assert.That((moved.Xx * (nx - moved.X)) + (moved.Xy * (ny - moved.Y)), Is.EqualTo((sky.Xx * (x - sky.X)) + (sky.Xy * (y - sky.Y))).Within(1e-12));
            Assert.That((moved.Yx * (nx - moved.X)) + (moved.Yy * (ny - moved.Y)), Is.EqualTo((sky.Yx * (x - sky.X)) + (sky.Yy * (y - sky.Y))).Within(1e-12));
            Assert.That((moved.RaDeg, moved.DecDeg, moved.Projection), Is.EqualTo((299.9, 22.7, "TAN")));
        });
    }

    [TestCase("TOP-DOWN", 1)]
    [TestCase("BOTTOM-UP", 2)]
    public void The_distortion_of_a_reference_leads_to_the_same_place_of_the_sky(string order, double drizzle)
    {
        MakeThree();
        string[] cards =
        [
            "BZERO   = 32768", $"ROWORDER= '{order}'", "CTYPE1  = 'RA---TAN-SIP'", "CTYPE2  = 'DEC--TAN-SIP'", "CRPIX1  = 180.5", "CRPIX2  = 140.25", "CRVAL1  = 10", "CRVAL2  = 20",
            "CD1_1   = -0.001", "CD1_2   = 0.0001", "CD2_1   = 0.0002", "CD2_2   = 0.001", "A_ORDER = 2", "B_ORDER = 3", "A_2_0   = 1.5E-5", "A_1_1   = -2.5E-5", "B_0_2   = 3.5E-5", "B_2_1   = 4.5E-8", "B_1_1   = 7E-6",
        ];
        using (var frame = _sky.Draw(_sky.Camera(), 0))
        {
            var stored = Enumerable.Range(0, Height).SelectMany(y => frame.Row(0, order == "TOP-DOWN" ? y : Height - 1 - y).ToArray().Select(sample => Math.Round(sample * 65535.0) - 32768));
            File.WriteAllBytes(Folder.File("f0.fits"), FitsBuilder.Build(16, [Width, Height], [.. stored], cards));
        }
        var request = Request(StackFraming.Max) with { CoveragePath = null };
        var report = Stacker.Run(request with { Registration = request.Registration with { Drizzle = drizzle > 1 ? new DrizzleRequest(drizzle, 1) : null } });
        var (before, after) = (FitsHeader.ReadFile(Folder.File("f0.fits")), FitsHeader.ReadFile(Folder.File("stack.fits")));
        Assert.That(after.Text("CTYPE1"), Is.EqualTo("RA---TAN-SIP"));
        foreach (var (x, y) in new[] { (20.0, 30.0), (350, 40), (200, 280) })
        {
            var (nx, ny) = (((x - report.Canvas.Left) * drizzle) + ((drizzle - 1) / 2), ((y - report.Canvas.Top) * drizzle) + ((drizzle - 1) / 2));
            var (xi, eta) = OnPlane(before, x + 1, order == "TOP-DOWN" ? y + 1 : Height - y);
            var (newXi, newEta) = OnPlane(after, nx + 1, (report.Canvas.Height) - ny);
            Assert.That((newXi, newEta), Is.EqualTo((xi, eta)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9), $"({x}, {y})");
        }
    }

    [Test]
    public void World_coordinates_that_cannot_be_carried_are_named()
    {
        MakeThree();
        using (var frame = _sky.Draw(_sky.Camera(), 0))
            File.WriteAllBytes(Folder.File("f0.fits"), FitsBuilder.Build(
                -32, [Width, Height], [.. Enumerable.Range(0, Height).SelectMany(y => frame.Row(0, Height - 1 - y).ToArray().Select(sample => (double)sample))], "CTYPE1  = 'RA---TPV'", "CTYPE2  = 'DEC--TPV'", "CRVAL1  = 10", "CRVAL2  = 20", "CRPIX1  = 1", "CRPIX2  = 1", "CD1_1   = 0.001", "CD2_2   = 0.001"));
        Assert.That(Stack(StackFraming.Reference).Notes, Has.Some.StartsWith("the world coordinates of the reference (RA---TPV) were not carried over"));
    }

    /// <summary>Degrees on the plane of the projection (Shupe et al. 2005, 1 to 4), of a pixel as FITS counts.</summary>
    private static (double Xi, double Eta) OnPlane(FitsHeader header, double x, double y)
    {
        double Number(string keyword) => header.Number(keyword) ?? 0;
        var (u, v) = (x - Number("CRPIX1"), y - Number("CRPIX2"));
        double Sum(string family)
        {
            var sum = 0.0;
            for (var i = 0; i <= Number($"{family}_ORDER"); i++)
            {
                for (var j = 0; i + j <= Number($"{family}_ORDER"); j++)
                    sum += Number($"{family}_{i}_{j}") * Math.Pow(u, i) * Math.Pow(v, j);
            }
            return sum;
        }
        var (du, dv) = (u + Sum("A"), v + Sum("B"));
        return ((Number("CD1_1") * du) + (Number("CD1_2") * dv), (Number("CD2_1") * du) + (Number("CD2_2") * dv));
    }

    [Test]
    public void What_all_turned_frames_show_is_full()
    {
        for (var i = 0; i < 3; i++)
            Save(_sky.Draw(_sky.Camera(i * 9, i * 4, i * 20), i), $"f{i}.fits");
        var report = Stack(StackFraming.Min);
        using var coverage = ImageFile.Read(Folder.File("coverage.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(coverage.Plane(0).ToArray(), Is.All.EqualTo(3));
            // The largest upright rectangle in one turned by 40° whose short side h < 2·sin·cos·w: h²/(4·sin·cos).
            Assert.That((double)report.Canvas.Width * report.Canvas.Height, Is.EqualTo(Height * Height / (2 * Math.Sin(80 * Math.PI / 180))).Within(3).Percent);
        });
    }

    [TestCase(0.8, 4)]
    [TestCase(1.0, 5)]
    [TestCase(0.3, 2)]
    public void A_cut_picture_is_the_largest_part_that_enough_frames_show(double share, int least)
    {
        foreach (var (i, dx, dy, degrees) in new[] { (0, 0.0, 0.0, 0.0), (1, 14.4, -9.3, 2), (2, -20.3, 12.2, -1.5), (3, 8, 16, 0), (4, 130, 95.5, 1) })
            Save(_sky.Draw(_sky.Camera(dx, dy, degrees), i), $"f{i}.fits");
        Stack(StackFraming.Max, 5);
        int wanted;
        using (var whole = ImageFile.Read(Folder.File("coverage.fits")))
            wanted = LargestOf(whole, least);
        var request = Request(StackFraming.Max, 5) with { Rejection = StackRejection.Winsorized, RejectionMaps = new RejectionMapPaths(Folder.File("low.fits"), Folder.File("high.fits")) };
        var report = Stacker.Run(request with { Registration = request.Registration with { CropShare = share } });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        using var coverage = ImageFile.Read(Folder.File("coverage.fits"));
        using var high = ImageFile.Read(Folder.File("high.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(coverage.Plane(0).ToArray().Min(), Is.EqualTo(least));
            Assert.That((double)report.Width * report.Height, Is.EqualTo(wanted).Within(1).Percent);
            Assert.That((coverage.Width, coverage.Height), Is.EqualTo((report.Width, report.Height)));
            Assert.That((high.Width, high.Height), Is.EqualTo((report.Width, report.Height)));
            Assert.That(StarErrors(result, report.Canvas).Where(error => error < 5), Is.Not.Empty.And.All.LessThan(0.25)); // others may be cut off
            Assert.That(report.Canvas.Cut!.LeastFrames, Is.EqualTo(least));
            Assert.That(string.Concat(result.Metadata.History), Does.Contain($"{least} of 5 frames or more show each of them"));
        });
    }

    [Test]
    public void Frames_that_hardly_meet_cannot_be_cut()
    {
        for (var i = 0; i < 4; i++)
            Save(new MadeSky(7, Width, Height, 2500, margin: 3 * Width).Draw(_sky.Camera(i * 0.45 * Width), i), $"f{i}.fits");
        var request = Request(StackFraming.Max, 4);
        Assert.That(
            () => Stacker.Run(request with { Registration = request.Registration with { CropShare = 1 } }),
            Throws.TypeOf<StackException>().With.Message.Contains("no part of the picture that 4 of 4 frames show"));
    }

    [Test]
    public void Frames_without_a_part_in_common_are_said_to_have_none()
    {
        for (var i = 0; i < 4; i++)
            Save(new MadeSky(7, Width, Height, 2500, margin: 3 * Width).Draw(_sky.Camera(i * 0.45 * Width), i), $"f{i}.fits");
        Assert.That(() => Stack(StackFraming.Min, 4), Throws.TypeOf<StackException>().With.Message.Contains("no part of the sky that all frames show"));
    }

    [Test]
    public void A_comet_is_held_sharp_and_the_stars_are_rejected_as_trails()
    {
        const int count = 9;
        for (var i = 0; i < count; i++)
        {
            var camera = _sky.Camera(i * 1.3, i * -0.8);
            var frame = _sky.Draw(camera, i);
            var (x, y) = camera.Inverse().Map(150 + (11.5 * i), 120 + (6.25 * i));
            _sky.AddStar(frame, 0, x, y, 6);
            frame.Metadata = frame.Metadata with { DateObs = Evening.AddSeconds(60 * i) };
            Save(frame, $"f{i}.fits");
        }
        var still = Stack(StackFraming.Reference, count, reference: "f4.fits");
        Assert.That(still.LeftOut, Is.Empty);
        var comet = CometMotion.TryParse("196,145@2026-11-21T19:04:00Z,288,195@2026-11-21T19:12:00Z", out var problem);
        Assert.That(problem, Is.Null);
        var report = Stack(StackFraming.Reference, count, comet, "f4.fits");
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var field = StarFinder.Find(result);
        var (cx, cy) = _sky.Camera(4 * 1.3, 4 * -0.8).Inverse().Map(150 + (11.5 * 4), 120 + (6.25 * 4));
        var head = field.Stars.MinBy(star => Math.Pow(star.X - cx, 2) + Math.Pow(star.Y - cy, 2));
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            Assert.That(head.X, Is.EqualTo(cx).Within(0.1));
            Assert.That(head.Y, Is.EqualTo(cy).Within(0.1));
            Assert.That(head.Fwhm, Is.EqualTo(_sky.Fwhm).Within(6).Percent);
            Assert.That(head.Flux, Is.EqualTo(6).Within(5).Percent);
            Assert.That(field.Stars.Where(star => star != head).Select(star => star.Peak).DefaultIfEmpty(0).Max(), Is.LessThan(0.2)); // of stars that fill the range: 0.9
        });
    }

    [Test]
    public void A_frame_that_says_no_time_cannot_follow_a_comet()
    {
        MakeThree();
        var comet = new CometMotion(0, 0, DateTimeOffset.UnixEpoch, 1, 1, DateTimeOffset.UnixEpoch.AddHours(1));
        Assert.That(() => Stack(StackFraming.Reference, comet: comet), Throws.TypeOf<StackException>().With.Message.Contains("does not say when it was taken"));
    }

    [Test]
    public void A_comet_that_is_nowhere_near_is_no_comet_of_these_frames()
    {
        MakeThreeTimed();
        // 100 pixels an hour, seven years before.
        var comet = new CometMotion(100, 100, DateTimeOffset.UnixEpoch, 200, 100, DateTimeOffset.UnixEpoch.AddHours(1));
        Assert.That(
            () => Stack(StackFraming.Reference, comet: comet),
            Throws.TypeOf<StackException>().With.Message.Contains("far from its").And.Message.Contains("Are the places and times right?"));
    }

    [Test]
    public void Frames_that_a_motion_takes_off_the_picture_are_left_out()
    {
        MakeThreeTimed();
        var comet = new CometMotion(100, 100, Evening, 100 + (2 * Width), 100 + (2 * Height), Evening.AddMinutes(1));
        Assert.That(() => Stack(StackFraming.Reference, comet: comet, reference: "f0.fits"), Throws.TypeOf<StackException>().With.Message.Contains("where the comet is held still it lies"));
    }

    [TestCase("1,2@2026-11-21T19:00,3,4")]
    [TestCase("1,2,2026-11-21T19:00,3,4@2026-11-21T20:00")]
    [TestCase("1,2@yesterday,3,4@2026-11-21T20:00")]
    [TestCase("1,2@2026-11-21T19:00,3,4@2026-11-21T19:00")]
    public void A_motion_that_is_none_is_refused(string text)
    {
        Assert.That(CometMotion.TryParse(text, out var problem), Is.Null);
        Assert.That(problem, Does.Contain("x0,y0@t0,x1,y1@t1").Or.Contain("both times are the same"));
    }

    [Test]
    public void Every_kernel_keeps_stars_in_place([Values] ResamplingKernel kernel)
    {
        MakeThree();
        Stack(StackFraming.Reference, kernel: kernel);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(StarErrors(result, new StackCanvas(0, 0, Width, Height)).Max(), Is.LessThan(kernel == ResamplingKernel.Nearest ? 0.5 : 0.25));
            Assert.That(result.Metadata.History, Has.Some.EndsWith(kernel switch { ResamplingKernel.Lanczos4 => "Lanczos-4", ResamplingKernel.Lanczos3 => "Lanczos-3", _ => kernel.ToString().ToLowerInvariant() }));
        });
    }

    /// <summary>By trying every pair of rows.</summary>
    private static int LargestOf(Frame coverage, int least)
    {
        var largest = 0;
        for (var top = 0; top < coverage.Height; top++)
        {
            var open = Enumerable.Repeat(true, coverage.Width).ToArray();
            for (var bottom = top; bottom < coverage.Height; bottom++)
            {
                var row = coverage.Row(0, bottom);
                var run = 0;
                for (var x = 0; x < row.Length; x++)
                {
                    open[x] &= row[x] >= least;
                    run = open[x] ? run + 1 : 0;
                    largest = Math.Max(largest, run * (bottom - top + 1));
                }
            }
        }
        return largest;
    }

    private void MakeThree()
    {
        foreach (var (i, dx, dy) in new[] { (0, 0.0, 0.0), (1, 60.4, 40.3), (2, -30.3, 0.2) })
            Save(_sky.Draw(_sky.Camera(dx, dy), i), $"f{i}.fits");
    }

    /// <summary>A minute apart.</summary>
    private void MakeThreeTimed()
    {
        for (var i = 0; i < 3; i++)
        {
            var frame = _sky.Draw(_sky.Camera(i * 1.3), i);
            frame.Metadata = frame.Metadata with { DateObs = Evening.AddMinutes(i) };
            Save(frame, $"f{i}.fits");
        }
    }

    private List<double> StarErrors(Frame result, StackCanvas canvas)
    {
        for (var i = 0; i < result.PixelCount; i++)
            result.Plane(0)[i] = float.IsNaN(result.Plane(0)[i]) ? 0.1f : result.Plane(0)[i];
        var field = StarFinder.Find(result);
        return [.. _sky.Stars.Where(star => star.Flux > 5 && star.X is > 90 and < Width - 50 && star.Y is > 60 and < Height - 30
                && _sky.Stars.All(other => other == star || Math.Abs(other.X - star.X) + Math.Abs(other.Y - star.Y) > 16))
            .Select(star => field.Stars.Min(seen => Math.Sqrt(Math.Pow(seen.X + canvas.Left - star.X, 2) + Math.Pow(seen.Y + canvas.Top - star.Y, 2))))];
    }

    private void Save(Frame frame, string name)
    {
        ImageFile.Write(Folder.File(name), frame, SampleFormat.UInt16);
        frame.Dispose();
    }

    private StackReport Stack(StackFraming framing, int count = 3, CometMotion? comet = null, string reference = "f0.fits", ResamplingKernel kernel = ResamplingKernel.Lanczos4) =>
        Stacker.Run(Request(framing, count, comet, reference, kernel));

    private StackRequest Request(StackFraming framing, int count = 3, CometMotion? comet = null, string reference = "f0.fits", ResamplingKernel kernel = ResamplingKernel.Lanczos4) => new()
    {
        Inputs = [.. Enumerable.Range(0, count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
        Registration = new RegistrationRequest { Reference = Folder.File(reference), Framing = framing, Comet = comet, Kernel = kernel },
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        CoveragePath = Folder.File("coverage.fits"),
        PreviewPath = Folder.File("preview.jpg"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };
}
