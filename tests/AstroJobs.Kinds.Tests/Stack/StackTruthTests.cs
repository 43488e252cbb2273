using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Stack;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>Ten frames of the simulated camera stacked, held against what was drawn.</summary>
public sealed class StackTruthTests
{
    private const int Count = 10;

    // Under the even sky of a town: what is no noise must not count as such, neither stars too faint to be seen singly nor a gradient.
    private static readonly BurstParameters Night = new()
    {
        Count = Count,
        Exposure = TimeSpan.FromSeconds(20),
        Sim = new SimulatedCameraSettings { Width = 1200, Height = 900, FovDeg = 9, SkyMagnitude = 17.5, SkyGradient = 0, Nebulae = false, HotPixels = 0, Instant = true },
    };

    private TempFolder _folder = null!;
    private StarField _single = null!;
    private StarField _stacked = null!;
    private SimulatedFrame _reference = null!;

    [OneTimeSetUp]
    public async Task StackANight()
    {
        _folder = new TempFolder();
        var burst = new FolderJobContext(_folder.File("burst"));
        await using var camera = new SimulatedCamera(Night.Sim, TimeProvider.System);
        await new BurstRun(camera, Night, burst).TakeAsync();
        var stack = new FolderJobContext(_folder.File("stack"));
        var parameters = new StackKind().Prepare(new StackParameters { Images = [burst.OutputFolder] }, new CallerContext(_folder.Path));
        await new StackRun(parameters, stack).RunAsync();

        var result = stack.ReadResult();
        Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(Count));
        var reference = result.GetProperty("reference").GetString()!;
        using var single = ImageFile.Read(reference);
        using var picture = ImageFile.Read(Path.Combine(stack.OutputFolder, "stack.fits"));
        (_single, _stacked) = (StarFinder.Find(single), StarFinder.Find(picture));
        var index = burst.ReadResult().GetProperty("files").EnumerateArray().Single(file => file.GetProperty("file").GetString() == Path.GetFileName(reference)).GetProperty("frame").GetInt32() - 1;
        _reference = SimulatedFrame.Render(Night.Sim, new SimulatedExposure(index, Night.Exposure!.Value));
    }

    [OneTimeTearDown]
    public void RemoveFolder()
    {
        _reference.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void The_noise_falls_with_the_root_of_the_number_of_frames() =>
        Assert.That(_stacked.Noise * Math.Sqrt(Count) / _single.Noise, Is.EqualTo(1).Within(0.1));

    [Test]
    public void Stars_stay_as_sharp_and_as_round()
    {
        Assert.That(_stacked.Fwhm / _single.Fwhm, Is.EqualTo(1).Within(0.05));
        Assert.That(_stacked.Eccentricity, Is.LessThan(0.25));
    }

    [Test]
    public void Stars_stand_where_they_were_drawn()
    {
        var brightest = Match().ToArray();
        Assert.That(brightest, Has.Length.GreaterThan(50));
        Assert.That(Math.Sqrt(brightest.Average(static match => (match.Dx * match.Dx) + (match.Dy * match.Dy))), Is.LessThan(0.1));
        Assert.That(brightest.Average(static match => match.Dx), Is.Zero.Within(0.05), "no common shift");
        Assert.That(brightest.Average(static match => match.Dy), Is.Zero.Within(0.05), "no common shift");
    }

    /// <summary>How far the bright, unsaturated stars that stand alone are from their truth.</summary>
    private IEnumerable<(double Dx, double Dy)> Match()
    {
        const double reach = 1.5;
        const double alone = 10; // about four times the FWHM
        var drawn = _reference.Stars.Take(2000).ToArray();
        foreach (var star in _stacked.Stars.Where(star => !star.Saturated && star.Peak > 100 * _stacked.Noise))
        {
            var near = drawn.Where(truth => Math.Abs(truth.X - star.X) < alone && Math.Abs(truth.Y - star.Y) < alone).ToArray();
            if (near is [var truth] && Math.Abs(truth.X - star.X) < reach && Math.Abs(truth.Y - star.Y) < reach)
                yield return (star.X - truth.X, star.Y - truth.Y);
        }
    }
}
