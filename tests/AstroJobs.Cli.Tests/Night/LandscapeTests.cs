using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>A made landscape through the program: stars that drift behind a hill with a fence on it.</summary>
public sealed class LandscapeTests : ObservatoryFixture
{
    private const int Width = 360;
    private const int Height = 270;
    private const int Horizon = 190;
    private const int Count = 6;
    private const double Drift = 6; // pixels a frame
    private const float Sky = 0.08f;

    private static readonly (double X, double Y, double Peak)[] Stars = MakeStars();

    [Test]
    public void Stars_move_and_ground_stays_with_a_mask_found_and_a_mask_given()
    {
        for (var i = 0; i < Count; i++)
            Save($"frame-{i}.fits", (x, y) => y < Horizon ? SkyAt(x, y, i) : GroundAt(x, y));
        Save("mask.png", (_, y) => y < Horizon ? 1 : 0);
        foreach (var given in new[] { false, true })
        {
            string[] options = given ? ["--mask", Observatory.Store.Beside("mask.png")] : [];
            var stack = Observatory.Stack([Observatory.Store.Beside("frame-*.fits"), "--foreground", "--reference", "4", .. options]);
            using var picture = ImageFile.Read(Observatory.Output(stack, "stack.fits"));
            Assert.Multiple(() =>
            {
                Assert.That(GreatestError(picture, 60, Horizon - 20, (x, y) => SkyAt(x, y, 3)), Is.LessThan(0.06), $"the sky is that of the reference, mask given: {given}");
                Assert.That(GreatestError(picture, Horizon + 20, Height - 10, GroundAt), Is.LessThan(0.02), $"the ground is that of every frame, mask given: {given}");
                Assert.That(Observatory.Result(stack).GetProperty("notes")[0].GetString(), Does.Contain("% of the picture is sky laid on its stars"));
            });
        }
    }

    private static double GreatestError(Frame picture, int top, int bottom, Func<int, int, double> expected)
    {
        var greatest = 0.0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = 60; x < Width - 60; x++)
                greatest = Math.Max(greatest, Math.Abs(picture.Row(0, y)[x] - expected(x, y)));
        }
        return greatest;
    }

    private static (double X, double Y, double Peak)[] MakeStars()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, 90).Select(_ => ((random.NextDouble() * (Width + 120)) - 60, random.NextDouble() * Horizon, 0.15 + (0.4 * random.NextDouble())))];
    }

    private static double SkyAt(int x, int y, int frame)
    {
        var sum = (double)Sky;
        foreach (var star in Stars)
        {
            var (dx, dy) = (x - star.X - (Drift * frame), y - star.Y - frame);
            if (Math.Abs(dx) + Math.Abs(dy) < 14)
                sum += star.Peak * Math.Exp(-((dx * dx) + (dy * dy)) / (2 * 1.5 * 1.5));
        }
        return sum;
    }

    private static double GroundAt(int x, int y) => x / 4 % 3 == 0 || y / 4 % 3 == 0 ? 0.3 : 0.03;

    private void Save(string name, Func<int, int, double> light)
    {
        using var frame = new Frame(Width, Height, 1);
        var random = new Random(name.Sum(letter => letter));
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                frame.Row(0, y)[x] = (float)Math.Clamp(light(x, y) + (0.004 * (random.NextDouble() - 0.5)), 0, 1);
        }
        ImageFile.Write(Observatory.Store.Beside(name), frame, SampleFormat.UInt16);
    }
}
