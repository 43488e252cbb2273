using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

public sealed class MosaicTiffTests : FolderFixture
{
    private const int Width = 260;
    private const int Height = 200;

    /// <summary>Mosaics in plain TIFFs that name their pattern (TIFF/EP), under a sky that is red, green and blue by known parts.</summary>
    [Test]
    public void A_mosaic_in_a_TIFF_becomes_colour_as_a_RAW_does()
    {
        double[] colours = [0.5, 1, 0.7];
        var sky = new MadeSky(4, Width, Height, 90, faintest: 3, margin: 30) { Background = 0.2, Noise = 0.002 };
        for (var i = 0; i < 5; i++)
        {
            using var grey = sky.Draw(sky.Camera(1.3 * i, -0.8 * i), i);
            var samples = grey.Plane(0).ToArray();
            var mosaic = new DngBuilder(Width, Height, (x, y) => (ushort)(65535 * colours[(x & 1) + (y & 1)] * Math.Clamp(samples[(y * Width) + x], 0, 1))) { IsDng = false };
            File.WriteAllBytes(Folder.File($"f{i}.tif"), mosaic.Build());
        }
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, 5).Select(i => new StackInput(Folder.File($"f{i}.tif")))],
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        using var picture = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(picture.Channels, Is.EqualTo(3));
        Assert.Multiple(() =>
        {
            for (var channel = 0; channel < 3; channel++)
                Assert.That(picture.Plane(channel).ToArray().Order().ElementAt(Width * Height / 2), Is.EqualTo(0.2 * colours[channel]).Within(1).Percent);
            Assert.That(report.Used, Has.Count.EqualTo(5));
            Assert.That(StarFinder.Find(picture).Fwhm, Is.EqualTo(sky.Fwhm).Within(15).Percent);
            Assert.That(picture.Metadata.Bayer, Is.Null);
            Assert.That(picture.Metadata.History, Has.Some.Contains("mosaic made colour"));
        });
    }
}
