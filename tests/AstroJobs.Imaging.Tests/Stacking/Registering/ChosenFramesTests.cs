using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>Which of the frames are taken.</summary>
public sealed class ChosenFramesTests
{
    private const int Width = 480;
    private const int Height = 360;
    private const double Cloud = 0.4;

    private TempFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeFrames()
    {
        _folder = new TempFolder();
        var sky = new MadeSky(1, Width, Height, 250, margin: 250);
        for (var i = 0; i < 6; i++)
            Save(sky.Draw(sky.Camera(i * 3), i), $"good{i}.fits");
        Save(new MadeSky(1, Width, Height, 250, margin: 250) { Fwhm = 5.5 }.Draw(sky.Camera(2), 7), "blurred.fits");
        var all = sky.Stars;
        sky.Stars = [.. all.Where(star => star.X > Width / 3.0)];
        Save(sky.Draw(sky.Camera(5), 9), "hidden.fits");
        sky.Stars = [.. all.Select(star => star with { Flux = star.Flux * Cloud })];
        Save(sky.Draw(sky.Camera(5), 8), "cloudy.fits");
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Every_frame_tells_its_figures()
    {
        var report = Stack(new RegistrationRequest());
        var good = report.Used.Where(frame => Name(frame.Path).StartsWith("good", StringComparison.Ordinal)).Select(frame => frame.Quality).ToArray();
        var cloudy = report.Used.Single(frame => Name(frame.Path) == "cloudy.fits").Quality;
        Assert.Multiple(() =>
        {
            Assert.That(good.Select(quality => quality.Transparency), Is.All.EqualTo(1).Within(0.03));
            Assert.That(good.Select(quality => quality.Roundness), Is.All.GreaterThan(0.9));
            Assert.That(good.Select(quality => quality.MissingStars), Is.All.LessThan(0.15));
            Assert.That(cloudy.Transparency, Is.EqualTo(Cloud).Within(0.03));
            Assert.That(report.Used.Single(frame => Name(frame.Path) == "hidden.fits").Quality.MissingStars, Is.EqualTo(0.33).Within(0.12));
            Assert.That(cloudy.Stars, Is.LessThanOrEqualTo(good.Min(quality => quality.Stars)!.Value));
        });
    }

    [Test]
    public void A_rejected_frame_is_named_with_its_reason_and_figures()
    {
        var report = Stack(new RegistrationRequest { RejectFrames = FrameCriteria.TryParse("fwhm>1.5x, transparency<0.7", out _) });
        Assert.That(report.LeftOut.Select(frame => Name(frame.Path)), Is.EqualTo(new[] { "blurred.fits", "cloudy.fits" }));
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut[0].Reason, Does.Match(@"^rejected: its fwhm of 5\.\d+ px is above 4\.\d+ px, 1\.5 times the median of [23]\.\d+$"));
            Assert.That(report.LeftOut[0].Quality!.Fwhm, Is.EqualTo(5.5).Within(0.4));
            Assert.That(report.LeftOut[1].Reason, Does.Match(@"^rejected: its transparency of 0\.(3|4)\d* is below 0\.7$"));
            Assert.That(report.Used, Has.Count.EqualTo(7));
        });
    }

    [Test]
    public void The_reference_may_be_rejected_and_still_tells_where_the_others_lie()
    {
        var report = Stack(new RegistrationRequest { Reference = _folder.File("blurred.fits"), RejectFrames = FrameCriteria.TryParse("fwhm>1.5x", out _) });
        Assert.Multiple(() =>
        {
            Assert.That(report.Reference, Is.EqualTo(_folder.File("blurred.fits")));
            Assert.That(report.LeftOut.Single().Path, Is.EqualTo(report.Reference));
            Assert.That(report.Used[0].ShiftX, Is.EqualTo(-2).Within(0.1));
        });
    }

    [Test]
    public void The_best_are_taken_and_the_others_told_their_place()
    {
        var report = Stack(new RegistrationRequest { Best = new BestShare(7, IsPercent: false) });
        Assert.That(report.LeftOut.Select(frame => Name(frame.Path)), Is.EqualTo(new[] { "blurred.fits", "hidden.fits" }));
        Assert.That(report.LeftOut[0].Reason, Does.Match(@"^not among the best 7: place [89] of 9 by its stars: fwhm 5\.\d\d px, roundness 0\.\d\d, \d+ stars, snr \d+$"));
    }

    [Test]
    public void Weights_by_signal_to_noise_give_a_cloudy_frame_its_share()
    {
        var report = Stack(new RegistrationRequest(), StackWeighting.Snr);
        double Weight(string name) => report.Used.Single(frame => Name(frame.Path) == name).Weight;
        Assert.Multiple(() =>
        {
            Assert.That(Weight("cloudy.fits") / Weight("good1.fits"), Is.EqualTo(Cloud).Within(0.03)); // the same noise
            Assert.That(report.Used.Average(frame => frame.Weight), Is.EqualTo(1).Within(1e-6));
        });
    }

    private static string Name(string path) => Path.GetFileName(path);

    private void Save(Frame frame, string name)
    {
        ImageFile.Write(_folder.File(name), frame, SampleFormat.UInt16);
        frame.Dispose();
    }

    private StackReport Stack(RegistrationRequest registration, StackWeighting weighting = StackWeighting.None)
    {
        using var output = new TempFolder();
        return Stacker.Run(new StackRequest
        {
            Inputs = [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).OrderBy(path => !Name(path).StartsWith("good", StringComparison.Ordinal)).Select(path => new StackInput(path))],
            Registration = registration,
            Weighting = weighting,
            Rejection = StackRejection.None,
            WorkFolder = output.File("work"),
            OutputPath = output.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
    }
}
