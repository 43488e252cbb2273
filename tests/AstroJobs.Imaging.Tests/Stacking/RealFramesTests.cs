using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>What another program (Siril 1.0.6) measured on public frames, measured by ours.</summary>
public sealed class RealFramesTests : RealFramesFixture
{
    [Test]
    public void M27_is_laid_as_the_other_program_lays_it()
    {
        var report = Stack("m27-osc-fits", "*.fits");
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            Assert.That(Path.GetFileName(report.Reference), Is.EqualTo("Light_1069.fits"));
            // Siril tells where its frames lie on the reference, with the opposite sign; ours is how they are moved there.
            Assert.That(report.Used.Skip(1).Select(frame => frame.ShiftX), Is.EqualTo(new[] { 9.79, 13.53, 20.27, 21.34, 27.65 }).Within(0.15));
            Assert.That(report.Used.Skip(1).Select(frame => frame.ShiftY), Is.EqualTo(new[] { -2.79, 6.24, 18.45, 19.76, 14.45 }).Within(0.15));
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
            Assert.That(report.Used.Select(frame => frame.RmsPixels), Is.All.LessThan(0.7));
            Assert.That(report.Used.Select(frame => frame.Normalized[1].Factor), Is.All.EqualTo(1).Within(0.1), "a sky of three steps of 255 has a scatter all the same");
        });
    }

    private StackReport Stack(string folder, string pattern) => Stacker.Run(new StackRequest
    {
        Inputs = [.. Directory.GetFiles(TestData.Path(folder), pattern).Order(StringComparer.Ordinal).Select(path => new StackInput(path))],
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        PreviewPath = Folder.File("preview.jpg"),
    });
}
