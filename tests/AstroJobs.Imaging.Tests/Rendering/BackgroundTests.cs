using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Rendering.Background;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Rendering;

/// <summary>Made gradients over a sky of stars, each colour with its own, and a nebula that must stay.</summary>
public sealed class BackgroundTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 360;
    private const double Nebula = 0.01; // its peak: five times the noise
    private const int NebulaX = 300;
    private const int NebulaY = 140;
    private const double NebulaSigma = 28;

    private readonly MadeSky _sky = new(1, Width, Height, 250, margin: 50) { Background = 0.02, Noise = 0.002 };

    [TestCase(BackgroundModel.Plane, 1)]
    [TestCase(BackgroundModel.Poly2, 2)]
    [TestCase(BackgroundModel.Poly4, 4)]
    [TestCase(BackgroundModel.Rbf, 2)]
    public void A_gradient_goes_and_the_nebula_stays(BackgroundModel model, int order)
    {
        var report = Stack(model, order);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Finish!.Background!.Model, Is.EqualTo(model));
            Assert.That(report.Finish.Background.Range[1], Is.GreaterThan(0.015));
            Assert.That(report.Finish.Background.LeftOut, Is.InRange(20, report.Finish.Background.Cells / 3));
            for (var channel = 0; channel < 3; channel++)
            {
                double[] corners = [Level(result, channel, 10, 10), Level(result, channel, Width - 50, 10), Level(result, channel, 10, Height - 50), Level(result, channel, Width - 50, Height - 50), Level(result, channel, 150, 250)];
                Assert.That(corners.Max() - corners.Min(), Is.LessThan(0.0012), $"channel {channel}: of a gradient of 0.02 to 0.04");
                var core = Level(result, channel, NebulaX - 8, NebulaY - 8, 16) - corners[^1];
                Assert.That(core, Is.EqualTo(Nebula * 0.95).Within(15).Percent, $"channel {channel}: the middle of the nebula");
            }
            Assert.That(result.Metadata.History, Has.Some.StartsWith("sky made even: " + model.ToString().ToLowerInvariant()));
        });
    }

    [Test]
    public void Without_it_the_gradient_stays()
    {
        var report = Stack(BackgroundModel.None, 1);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(report.Finish!.Background, Is.Null);
        Assert.That(Level(result, 1, Width - 50, Height - 50) - Level(result, 1, 10, 10), Is.GreaterThan(0.015));
    }

    [Test]
    public void A_sky_made_even_can_be_balanced_too()
    {
        Stack(BackgroundModel.Poly2, 2, WhiteBalance.Background);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        double[] levels = [.. Enumerable.Range(0, 3).Select(channel => Level(result, channel, 150, 250))];
        Assert.That(levels, Is.All.EqualTo(levels[0]).Within(0.0005));
    }

    private StackReport Stack(BackgroundModel model, int order, WhiteBalance balance = WhiteBalance.None)
    {
        for (var i = 0; i < 3; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(), i, 3);
            for (var channel = 0; channel < 3; channel++)
            {
                for (var y = 0; y < Height; y++)
                {
                    for (var x = 0; x < Width; x++)
                        frame.Row(channel, y)[x] += (float)((0.01 * (channel + 1) * Gradient(x, y, order)) + Glow(x, y));
                }
            }
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.Float32);
        }
        return Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, 3).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
            Alignment = StackAlignment.None,
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Finish = new FinishRequest { Background = model, WhiteBalance = balance },
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
    }

    /// <summary>0 … about 1.</summary>
    private static double Gradient(int x, int y, int order)
    {
        var (u, v) = (((double)x / Width * 2) - 1, ((double)y / Height * 2) - 1);
        return order switch
        {
            1 => (2 + u + v) / 2,
            2 => (2 + u + v) / 3 + (0.4 * ((u * u) + (v * v))),
            _ => (2 + u + v) / 3 + (0.4 * ((u * u) + (v * v))) + (0.2 * u * u * u) - (0.15 * u * u * v * v),
        };
    }

    private static double Glow(int x, int y) => Nebula * Math.Exp(-(((x - NebulaX) * (x - NebulaX)) + ((y - NebulaY) * (y - NebulaY))) / (2 * NebulaSigma * NebulaSigma));

    private static double Level(Frame frame, int channel, int left, int top, int side = 40)
    {
        var samples = new List<float>();
        for (var y = top; y < top + side; y++)
            samples.AddRange(frame.Row(channel, y).Slice(left, side));
        return ClippedStatistics.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples)).Level;
    }
}
