using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Trails;

/// <summary>Made trails: stars drift over a camera that stands still, over a house with lit windows; exposures of 10 s, pauses of 4 s.</summary>
public sealed class StarTrailTests : FolderFixture
{
    private const int Width = 400;
    private const int Height = 300;
    private const int Count = 6;
    private const int HouseTop = 230;
    private const double Exposure = 10;
    private const double Interval = 14;
    private const double Speed = 0.6; // pixels a second

    private (double X, double Y) _velocity = (Speed, 0);

    private readonly MadeSky _sky = new(3, Width, Height, 110, faintest: 6, margin: 80) { Background = 0.05, Noise = 0.002, Fwhm = 2.5 };

    [Test]
    public void Gaps_are_filled_along_the_motion_and_the_house_stays()
    {
        Draw();
        Stack(null);
        using var dashed = ImageFile.Read(Folder.File("stack.fits"));
        var report = Stack(new TrailRequest(FillGaps: true, TrailFade.None));
        using var filled = ImageFile.Read(Folder.File("stack.fits"));
        var (before, after) = (DepthOfGaps(dashed), DepthOfGaps(filled));
        Assert.Multiple(() =>
        {
            Assert.That(before, Is.GreaterThan(0.5), "the trails are dashed");
            Assert.That(after, Is.LessThan(0.1), "hardly anything is missing in the gaps");
            Assert.That(filled.Rows(0, HouseTop + 8, Height - HouseTop - 8).SequenceEqual(dashed.Rows(0, HouseTop + 8, Height - HouseTop - 8)), Is.True, "house and windows are what they were");
            Assert.That(report.Notes, Has.Some.Contains("5 gaps of 20 s in all were filled along the motion of the stars"));
        });
    }

    /// <summary>As fast as the others, and not along the rows.</summary>
    [TestCase(0.48, 0.36)]
    [TestCase(0.48, -0.36)]
    [TestCase(-0.36, 0.48)]
    [TestCase(0, 0.6)]
    public void Gaps_of_slanted_trails_are_filled_as_well(double right, double down)
    {
        _velocity = (right, down);
        Draw();
        Stack(null);
        using var dashed = ImageFile.Read(Folder.File("stack.fits"));
        Stack(new TrailRequest(FillGaps: true, TrailFade.None));
        using var filled = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(DepthOfGaps(dashed), Is.GreaterThan(0.35), "the trails are dashed"); // less than along the rows: the light of three rows is looked at
        Assert.That(DepthOfGaps(filled), Is.LessThan(0.12), "hardly anything is missing in the gaps");
    }

    /// <summary>A star that sets behind something bright shows no new beginning: nothing of it is drawn over the wall.</summary>
    [Test]
    public void A_star_that_sets_behind_a_lit_wall_is_not_drawn_over_it()
    {
        const int wall = 300;
        Draw(noise: 0);
        for (var i = 0; i < Count; i++)
        {
            using var frame = ImageFile.Read(Folder.File($"f{i}.fits"));
            for (var y = 0; y < HouseTop; y++)
                frame.Row(0, y)[wall..].Fill(0.6f);
            ImageFile.Write(Folder.File($"f{i}.fits"), frame);
        }
        Stack(new TrailRequest(FillGaps: true, TrailFade.None));
        using var filled = ImageFile.Read(Folder.File("stack.fits"));
        for (var y = 0; y < HouseTop; y++)
            Assert.That(filled.Row(0, y)[(wall + 1)..].ToArray(), Is.All.EqualTo(0.6f).Within(1e-6f), $"row {y}");
    }

    /// <summary>Where a picture ends there is nothing to fill a gap with; what was read for another piece of it is not it.</summary>
    [Test]
    public void At_the_edges_nothing_is_drawn_that_no_frame_shows()
    {
        _sky.Stars = [.. _sky.Stars.Where(static star => star.X > 60)];
        Draw(noise: 0);
        Stacker.Run(Request(null) with { Threads = 1, MemoryBytes = 200_000 });
        using var dashed = ImageFile.Read(Folder.File("stack.fits"));
        Stacker.Run(Request(new TrailRequest(FillGaps: true, TrailFade.None)) with { Threads = 1, MemoryBytes = 200_000 });
        using var filled = ImageFile.Read(Folder.File("stack.fits"));
        for (var y = 0; y < HouseTop; y++)
            Assert.That(filled.Row(0, y)[..20].ToArray(), Is.EqualTo(dashed.Row(0, y)[..20].ToArray()).Within(1e-6f), $"row {y}");
    }

    [Test]
    public void The_result_does_not_depend_on_how_it_is_cut()
    {
        Draw();
        var trails = new TrailRequest(FillGaps: true, TrailFade.Both);
        Stacker.Run(Request(trails) with { Threads = 1, MemoryBytes = 200 << 20 });
        var whole = File.ReadAllBytes(Folder.File("stack.fits"));
        Stacker.Run(Request(trails) with { Threads = 3, MemoryBytes = 200_000 });
        using var a = ImageFile.Read(Folder.File("stack.fits"));
        File.WriteAllBytes(Folder.File("whole.fits"), whole);
        using var b = ImageFile.Read(Folder.File("whole.fits"));
        // Blocks of the motion begin at a tile's edge: a path rounded otherwise moves a filled pixel by one.
        Assert.That(a.Plane(0).ToArray().Zip(b.Plane(0).ToArray(), (x, y) => Math.Abs(x - y)).Count(difference => difference > 1e-6), Is.LessThan(Width * Height / 200));
    }

    [Test]
    public void Without_times_it_says_that_gaps_stay()
    {
        Draw(timed: false);
        Assert.That(Stack(new TrailRequest(FillGaps: true, TrailFade.None)).Notes, Has.Some.Contains("not every frame says when it was taken"));
    }

    [TestCase(TrailFade.None, 1, 1, 1, 1)]
    [TestCase(TrailFade.In, 0.25, 0.5, 0.75, 1)]
    [TestCase(TrailFade.Out, 1, 0.75, 0.5, 0.25)]
    public void Frames_fade_by_their_times(TrailFade fade, params double[] expected)
    {
        var start = new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);
        Assert.That(TrailFades.Of(fade, [.. Enumerable.Range(0, 4).Select(i => (DateTimeOffset?)(start + TimeSpan.FromSeconds(i * 7)))]), Is.EqualTo(expected).Within(1e-6));
        Assert.That(TrailFades.Of(fade, [null, null, null, null]), Is.EqualTo(expected).Within(1e-6), "by their order where none says its time");
    }

    [TestCase(TrailFade.In, 0.25, 0.25 + (0.75 * 0.1), 0.25 + (0.75 * 0.2), 1)]
    [TestCase(TrailFade.Both, 0.25, 0.25 + (0.75 * 0.2), 0.25 + (0.75 * 0.4), 0.25)]
    public void Of_frames_that_come_unevenly_the_times_count(TrailFade fade, params double[] expected)
    {
        var start = new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);
        Assert.That(TrailFades.Of(fade, [.. ((int[])[0, 10, 20, 100]).Select(seconds => (DateTimeOffset?)start.AddSeconds(seconds))]), Is.EqualTo(expected).Within(1e-6));
    }

    /// <summary>A cloud or a plane misleads some pairs of frames.</summary>
    [Test]
    public void How_stars_move_is_told_by_most_frames()
    {
        static (FrameMap, double) Shifted(double dx, double dy) => (FrameMap.Identity.Then(new PixelMap(1, 0, dx, 0, 1, dy)), 10);
        var motion = TrailMotion.Of(Width, Height, [Shifted(400, 90), Shifted(6, -3), Shifted(6.1, -3), Shifted(5.9, -3)])!;
        Assert.That(motion.Fastest, Is.EqualTo(Math.Sqrt(0.36 + 0.09)).Within(0.02));
        Assert.That(TrailMotion.Of(Width, Height, []), Is.Null);
    }

    [Test]
    public void A_faded_trail_is_brightest_at_its_end()
    {
        Draw();
        Stack(new TrailRequest(FillGaps: false, TrailFade.In));
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var star = _sky.Stars.First(IsAlone);
        double At(int exposure) => Enumerable.Range(-2, 5).Max(dy => result.Row(0, (int)Math.Round(star.Y) + dy)[(int)Math.Round(star.X + (Speed * ((exposure * Interval) + (Exposure / 2))))]) - _sky.Background;
        Assert.That(At(0) / At(Count - 1), Is.EqualTo(1.0 / Count).Within(0.15));
    }

    [Test]
    public void A_cloud_does_not_veil_the_trails_where_frames_are_normalized_place_by_place()
    {
        Draw();
        Stack(null);
        using var clear = ImageFile.Read(Folder.File("stack.fits"));
        for (var i = 2; i < 4; i++)
            AddCloud(Folder.File($"f{i}.fits"), 120 + (80 * (i - 2)));
        Stack(null);
        using var veiled = ImageFile.Read(Folder.File("stack.fits"));
        Stacker.Run(Request(null) with { Normalization = StackNormalization.Local });
        using var local = ImageFile.Read(Folder.File("stack.fits"));
        var stars = _sky.Stars.Where(IsAlone).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(MeanOfSky(veiled) - MeanOfSky(clear), Is.GreaterThan(0.06), "the greatest value of all shows every cloud");
            Assert.That(MeanOfSky(local) - MeanOfSky(clear), Is.EqualTo(0).Within(0.006));
            foreach (var star in stars)
                Assert.That(Light(local, star.X + 3, star.Y), Is.EqualTo(Light(clear, star.X + 3, star.Y)).Within(12).Percent, "the trails stay");
            Assert.That(local.Metadata.History, Has.Some.Contains("the background of each frame, place by place"));
        });
    }

    private static double MeanOfSky(Frame frame) => frame.Rows(0, 40, 140).ToArray().Average(sample => (double)sample);

    private static void AddCloud(string path, double middle)
    {
        using var frame = ImageFile.Read(path);
        for (var y = 0; y < HouseTop; y++)
        {
            for (var x = 0; x < Width; x++)
                frame.Row(0, y)[x] += (float)(0.2 * Math.Exp(-(Math.Pow((x - middle) / 70, 2) + Math.Pow((y - 110) / 70.0, 2)) / 2));
        }
        ImageFile.Write(path, frame);
    }

    private static bool IsAlone(MadeStar star) => star.X is > 30 and < Width - 100 && star.Y is > 30 and < HouseTop - 40 && star.Flux > 12;

    /// <summary>How much of the light of a trail is missing in the middle of its gaps, the median over stars.</summary>
    private double DepthOfGaps(Frame frame)
    {
        var missing = new List<double>();
        foreach (var star in _sky.Stars.Where(IsAlone))
        {
            for (var i = 0; i + 1 < Count; i++)
            {
                var (seen, gone) = ((i * Interval) + (Exposure / 2), (i * Interval) + ((Exposure + Interval) / 2));
                var inside = Light(frame, star.X + (_velocity.X * seen), star.Y + (_velocity.Y * seen));
                var between = Light(frame, star.X + (_velocity.X * gone), star.Y + (_velocity.Y * gone));
                missing.Add(1 - (between / inside));
            }
        }
        missing.Sort();
        return missing[missing.Count / 2];
    }

    private double Light(Frame frame, double x, double y) => Enumerable.Range(-1, 3).Max(dy => frame.Row(0, (int)Math.Round(y) + dy)[(int)Math.Round(x)]) - _sky.Background;

    private void Draw(bool timed = true, double noise = 0.002)
    {
        var stars = _sky.Stars;
        var sky = new MadeSky(3, Width, Height, 0) { Background = _sky.Background, Noise = noise, Fwhm = _sky.Fwhm };
        for (var i = 0; i < Count; i++)
        {
            const int steps = 12;
            double Time(int step) => (Interval * i) + (Exposure * step / (steps - 1));
            sky.Stars = [.. stars.SelectMany(star => Enumerable.Range(0, steps).Select(step => new MadeStar(star.X + (_velocity.X * Time(step)), star.Y + (_velocity.Y * Time(step)), star.Flux / 4)))];
            using var frame = sky.Draw(Imaging.Registration.PixelMap.Identity, i);
            for (var y = HouseTop; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                    frame.Row(0, y)[x] = (x / 3 % 2 == 0) && (y / 3 % 2 == 0) ? 0.6f : 0.02f; // windows, as narrow as gaps are
            }
            frame.Metadata = frame.Metadata with
            {
                Exposure = TimeSpan.FromSeconds(Exposure),
                DateObs = timed ? new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(Interval * i) : null,
            };
            ImageFile.Write(Folder.File($"f{i}.fits"), frame);
        }
    }

    private StackReport Stack(TrailRequest? trails) => Stacker.Run(Request(trails));

    private StackRequest Request(TrailRequest? trails) => new()
    {
        Inputs = [.. Enumerable.Range(0, Count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
        Mode = StackMode.Max,
        Alignment = StackAlignment.None,
        Trails = trails,
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };
}
