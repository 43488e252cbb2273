using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>What another program (Siril 1.0.6) measured on public frames, measured by ours.</summary>
public sealed class RealFramesTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not here: set ASTROJOBS_TEST_DATA.");
        _folder = new TempFolder();
    }

    [TearDown]
    public void RemoveFolder() => _folder?.Dispose();

    [Test]
    public void M27_is_laid_as_the_other_program_lays_it()
    {
        var report = Stack("m27-osc-fits", "*.fits");
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            Assert.That(Path.GetFileName(report.Reference), Is.EqualTo("Light_1069.fits"));
            // Siril: dx −9.79 … −27.65, dy +2.79 … −19.76, where its frames lie on the reference; ours is how they are moved there.
            Assert.That(report.Used[1].ShiftX, Is.EqualTo(9.79).Within(0.15));
            Assert.That(report.Used[1].ShiftY, Is.EqualTo(-2.79).Within(0.15));
            Assert.That(report.Used[5].ShiftX, Is.EqualTo(27.65).Within(0.15));
            Assert.That(report.Used[4].ShiftY, Is.EqualTo(19.76).Within(0.15));
            Assert.That(report.Used.Select(frame => Math.Abs(frame.RotationDegrees)), Is.All.LessThan(0.012));
            Assert.That(report.Used.Select(frame => frame.Stars), Is.All.GreaterThanOrEqualTo(66));
            Assert.That(report.Used.Select(frame => frame.Fwhm), Is.All.InRange(2.5, 3.5)); // Siril: 3.1 … 3.4 on interpolated green
            Assert.That(report.Used.Select(frame => frame.Quality.Transparency), Is.All.EqualTo(1).Within(0.05)); // one clear minute
            Assert.That(report.Used.Select(frame => frame.Quality.MissingStars), Is.All.LessThan(0.1));
            Assert.That(report.Used.Select(frame => frame.RmsPixels), Is.All.LessThan(0.5));
            Assert.That(report.Channels, Is.EqualTo(3));
            Assert.That(report.TotalExposure, Is.EqualTo(TimeSpan.FromSeconds(36)));
        });
    }

    [Test]
    public void M44_registers_all_its_jpegs_over_six_tenths_of_a_degree()
    {
        var report = Stack("m44-jpeg", "*.jpeg");
        var turns = report.Used.Select(frame => frame.RotationDegrees).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(report.Used, Has.Count.EqualTo(18));
            Assert.That(turns.Max() - turns.Min(), Is.EqualTo(0.617).Within(0.02));
        });
    }

    private StackReport Stack(string folder, string pattern) => Stacker.Run(new StackRequest
    {
        Inputs = [.. Directory.GetFiles(TestData.Path(folder), pattern).Order(StringComparer.Ordinal).Select(path => new StackInput(path))],
        WorkFolder = _folder.File("work"),
        OutputPath = _folder.File("stack.fits"),
        PreviewPath = _folder.File("preview.jpg"),
    });
}
