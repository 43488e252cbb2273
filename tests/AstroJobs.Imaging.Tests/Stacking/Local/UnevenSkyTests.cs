using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Local;

/// <summary>Frames of one sky some of which have a cloud, or the glow of a town, on one side.</summary>
public sealed class UnevenSkyTests : FolderFixture
{
    private const int Width = 600;
    private const int Height = 440;
    private const int Count = 8;
    private const int Step = 40; // from star to star
    private const double Noise = 0.003;
    private const double Brightest = 0.06; // what a cloud shines with in its middle, 20 sigmas

    [Test]
    public void A_cloud_leaves_neither_its_light_nor_its_shadow([Values] bool drizzle)
    {
        var stars = Draw(cloudy: [], dims: 0);
        var even = Stack(out var clear, drizzle);
        Draw(cloudy: [2, 6], dims: 0.4);
        var report = Stack(out var picture, drizzle);
        using (clear)
        using (picture)
        {
            double PartOfLight(bool faint) => MapFit.Median([.. stars.Where(star => star.Flux < 1 == faint).Select(star => star.LightOn(picture) / star.LightOn(clear))]);
            Assert.Multiple(() =>
            {
                Assert.That(even.Notes, Has.None.Contains("another shape"));
                Assert.That(report.Notes, Has.Some.Contains("2 of 8 frames are under a sky of another shape"));
                Assert.That(Unevenness(picture), Is.LessThan(0.15 * Noise), "cells of 40 × 40 samples of 8 frames, with stars");
                Assert.That(PartOfLight(faint: true), Is.EqualTo(1).Within(2).Percent, "5 % without");
                Assert.That(PartOfLight(faint: false), Is.EqualTo(1).Within(2).Percent);
                Assert.That(picture.Metadata.History, Has.Some.Contains("evened place by place"));
            });
        }
    }

    /// <summary>It takes no light from the stars: the frames count in full where they glow.</summary>
    [Test]
    public void A_glow_is_taken_off_and_its_frames_count_all_the_same()
    {
        Draw(cloudy: [1, 4, 5], dims: 0);
        var report = Stack(out var picture);
        using (picture)
        {
            Assert.Multiple(() =>
            {
                Assert.That(report.Notes, Has.Some.Contains("3 of 8 frames are under a sky of another shape"));
                Assert.That(Unevenness(picture), Is.LessThan(0.15 * Noise));
                Assert.That(report.Used[4].RejectedHigh, Is.LessThan(0.02));
                Assert.That(SigmaOf(picture, (Width / 2) - 40), Is.EqualTo(SigmaOf(picture, 10)).Within(12).Percent, "the noise where it glows is that of all frames");
            });
        }
    }

    private MadeStar[] Draw(int[] cloudy, double dims)
    {
        var random = new Random(1);
        MadeStar[] stars = [.. from row in Enumerable.Range(1, (Height / Step) - 1)
                               from column in Enumerable.Range(1, (Width / Step) - 1)
                               select new MadeStar((column * Step) + (8 * random.NextDouble()), (row * Step) + (8 * random.NextDouble()), (row + column) % 4 == 0 ? 0.15 : 2 + (2 * random.NextDouble()))];
        for (var i = 0; i < Count; i++)
        {
            var isCloudy = cloudy.Contains(i);
            var sky = new MadeSky(3, Width, Height, 0)
            {
                Noise = Noise,
                Stars = isCloudy ? [.. stars.Select(star => star with { Flux = star.Flux * (1 - (dims * Cloud(star.X, star.Y))) })] : stars,
            };
            using var frame = sky.Draw(PixelMap.Identity, i);
            for (var y = 0; y < Height && isCloudy; y++)
            {
                for (var x = 0; x < Width; x++)
                    frame.Row(0, y)[x] += (float)(Brightest * Cloud(x, y));
            }
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.Float32);
        }
        return stars;
    }

    private static double Cloud(double x, double y) => Math.Exp(-Math.Pow((x - (Width / 2.0)) / (Width / 2.7), 2) - Math.Pow((y - (Height / 2.0)) / (Height / 2.7), 2));

    private StackReport Stack(out Frame picture, bool drizzle = false)
    {
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, Count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
            Rejection = StackRejection.Winsorized,
            Normalization = StackNormalization.AdditiveScaling,
            Registration = new RegistrationRequest { Drizzle = drizzle ? new DrizzleRequest(1, 1) : null },
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        picture = ImageFile.Read(Folder.File("stack.fits"));
        return report;
    }

    /// <summary>The deviation of the medians of cells.</summary>
    private static double Unevenness(Frame picture)
    {
        double[] levels = [.. from top in Enumerable.Range(0, Height / Step) from left in Enumerable.Range(0, Width / Step) select MapFit.Median(CellOf(picture, left * Step, top * Step))];
        var mean = levels.Average();
        return Math.Sqrt(levels.Average(level => (level - mean) * (level - mean)));
    }

    /// <summary>Of the samples of some cells one below the other, by the median of what they are off.</summary>
    private static double SigmaOf(Frame picture, int left) => Enumerable.Range(3, 5).Average(row =>
    {
        var cell = CellOf(picture, left, row * Step);
        var median = MapFit.Median(cell);
        return 1.4826 * MapFit.Median([.. cell.Select(value => Math.Abs(value - median))]);
    });

    private static double[] CellOf(Frame picture, int left, int top) => [.. from y in Enumerable.Range(top, Step) from x in Enumerable.Range(left, Step) select (double)picture.Row(0, y)[x]];
}
