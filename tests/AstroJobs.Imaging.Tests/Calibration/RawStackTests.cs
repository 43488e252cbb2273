using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Calibration;

/// <summary>A made sky wrapped as DNG, as a camera stores it: on a black level, under a white one.</summary>
public sealed class RawStackTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 360;
    private const int Black = 2048;
    private const int White = 15000;

    private readonly MadeSky _sky = new(1, Width, Height, 250, margin: 50);

    [Test]
    public void A_series_of_DNGs_becomes_one_picture_from_black_to_white()
    {
        for (var i = 0; i < 4; i++)
            Save(i);
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, 4).Select(i => new StackInput(Folder.File($"f{i}.dng")))],
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            Assert.That((result.Width, result.Height, result.Channels), Is.EqualTo((Width, Height, 3)));
            Assert.That(StarFinder.Find(result).Background, Is.EqualTo(_sky.Background).Within(0.0005));
            Assert.That(report.TotalExposure, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(report.Used.Max(frame => frame.RmsPixels), Is.LessThan(0.3));
        });
    }

    private void Save(int index)
    {
        using var frame = _sky.Draw(_sky.Camera(index * 3.3, index * -2.1), index);
        var samples = frame.Plane(0).ToArray();
        var numbers = new DngBuilder(Width, Height, (x, y) => (ushort)Math.Clamp(Black + (samples[(y * Width) + x] * (White - Black)), 0, White))
        {
            Black = [Black, Black, Black, Black],
            White = White,
        };
        File.WriteAllBytes(Folder.File($"f{index}.dng"), numbers.Build());
    }
}
