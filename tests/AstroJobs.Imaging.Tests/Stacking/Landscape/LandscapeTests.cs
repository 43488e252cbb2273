using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Landscape;

/// <summary>A made landscape: a sky that drifts over a hill with a lit house, the camera standing still.</summary>
public sealed class LandscapeTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 360;
    private const int Count = 8;
    private const double Drift = 5; // pixels a frame

    private readonly MadeSky _sky = new(5, Width, Height, 300, margin: 60) { Background = 0.05, Noise = 0.003 };

    [Test]
    public void Stars_are_sharp_above_a_ground_that_stands_still([Values] bool masked)
    {
        Draw();
        var report = Stacker.Run(Request(new LandscapeRequest(masked ? MakeMask() : null, 12)));
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var field = StarFinder.Find(result);
        var wrongGround = 0;
        var (groundPixels, greatest) = (0, 0.0);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if (y < Horizon(x) + 24)
                    continue;
                groundPixels++;
                var error = Math.Abs(result.Row(0, y)[x] - Ground(x, y));
                greatest = Math.Max(greatest, error);
                wrongGround += error > 0.02 ? 1 : 0;
            }
        }
        var above = field.Stars.Where(star => star.Y < Horizon((int)star.X) - 24).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That((double)wrongGround / groundPixels, Is.LessThan(0.01), $"the ground is what the camera saw (greatest error {greatest:0.000})");
            Assert.That(above, Has.Length.GreaterThan(40));
            Assert.That(above.Select(star => star.Fwhm).Order().ElementAt(above.Length / 2), Is.EqualTo(_sky.Fwhm).Within(12).Percent, "the sky is laid on its stars");
            Assert.That(report.Notes, Has.Some.Contains("% of the picture is sky laid on its stars"));
        });
    }

    [Test]
    public void A_cloud_that_drifts_through_leaves_the_sky_even([Values] bool drifts)
    {
        Draw(cloud: 0.08, drifts ? 90 : 0);
        Stacker.Run(Request(new LandscapeRequest(MakeMask(), 12)) with { Rejection = StackRejection.None });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var highest = BandAbove(result, 100, 140).Max() - _sky.Background;
        Assert.That(highest, drifts ? Is.LessThan(0.012) : Is.EqualTo(0.08).Within(0.02), "what is there on every frame stays");
    }

    /// <summary>Medians of pieces of the sky some pixels above the horizon.</summary>
    private static IEnumerable<double> BandAbove(Frame result, int from, int to)
    {
        for (var left = 40; left + 20 < Width - 40; left += 20)
        {
            float[] piece = [.. Enumerable.Range(left, 20).SelectMany(x => Enumerable.Range((int)Horizon(x) - to, to - from).Select(y => result.Row(0, y)[x])).Order()];
            yield return piece[piece.Length / 2];
        }
    }

    /// <summary>Laid on the stars of the last frame, the ground of those before it stands up to 20 pixels higher.</summary>
    [Test]
    public void No_ground_is_smeared_over_the_sky_above_the_horizon()
    {
        Draw();
        var request = Request(new LandscapeRequest(MakeMask(), 12));
        Stacker.Run(request with { Rejection = StackRejection.None, Normalization = StackNormalization.None, Registration = request.Registration with { Reference = Folder.File($"f{Count - 1}.fits") } });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(BandAbove(result, 9, 19), Is.All.EqualTo(_sky.Background).Within(0.0025));
    }

    [Test]
    public void A_mask_of_another_size_is_refused()
    {
        Draw();
        using (var small = new Frame(20, 20, 1))
            ImageFile.Write(Folder.File("small.png"), small, SampleFormat.UInt8);
        Assert.That(() => Stacker.Run(Request(new LandscapeRequest(Folder.File("small.png"), 12))), Throws.InstanceOf<ImageException>().With.Message.Contains("20×20 pixels, the result 480×360"));
    }

    private static double Horizon(int x) => 240 + (25 * Math.Sin(x / 70.0));

    private static double Ground(int x, int y) => x is > 200 and < 280 && y is > 290 and < 340 && x / 8 % 2 == 0 && y / 8 % 2 == 0 ? 0.5 : 0.02 + (0.01 * Math.Sin(x / 2.0) * Math.Cos(y / 3.0));

    private string MakeMask()
    {
        using var mask = new Frame(Width, Height, 1);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                mask.Row(0, y)[x] = y < Horizon(x) ? 1 : 0;
        }
        ImageFile.Write(Folder.File("mask.png"), mask, SampleFormat.UInt8);
        return Folder.File("mask.png");
    }

    /// <param name="cloud">How bright; a wide one.</param>
    /// <param name="drift">How far it moves from frame to frame, pixels.</param>
    private void Draw(double cloud = 0, double drift = 0)
    {
        for (var i = 0; i < Count; i++)
        {
            using var frame = _sky.Draw(new PixelMap(1, 0, Drift * (i - (Count / 2)), 0, 1, 1.5 * i), i);
            var random = new Random(i);
            AddCloud(frame, cloud, (Width / 2) + (drift * (i - (Count / 2))));
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    if (y >= Horizon(x))
                        frame.Row(0, y)[x] = (float)(Ground(x, y) + (0.002 * (random.NextDouble() - 0.5)));
                }
            }
            ImageFile.Write(Folder.File($"f{i}.fits"), frame);
        }
    }

    private static void AddCloud(Frame frame, double bright, double middle)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                frame.Row(0, y)[x] += (float)(bright * Math.Exp(-(Math.Pow((x - middle) / 60, 2) + Math.Pow((y - 120) / 60.0, 2)) / 2));
        }
    }

    private StackRequest Request(LandscapeRequest landscape) => new()
    {
        Inputs = [.. Enumerable.Range(0, Count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
        Landscape = landscape,
        Registration = new RegistrationRequest { Transform = TransformModel.Shift },
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };
}
