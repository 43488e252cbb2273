using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Calibration;

/// <summary>Bias and dark frames of a SBIG STL-1001 at −5 °C.</summary>
public sealed class RealMastersTests : RealFramesFixture
{
    /// <summary>What is the same on every frame cancels in differences: of two frames σ·√2 is left, of two masters of two σ.</summary>
    [Test]
    public void The_noise_of_a_master_bias_falls_with_the_root_of_its_frames()
    {
        using var first = ImageFile.Read(Bias(0));
        using var second = ImageFile.Read(Bias(1));
        using var early = Master("early", Bias(0), Bias(1));
        using var late = Master("late", Bias(2), Bias(3));
        Assert.That(Noise(early, late) / Noise(first, second), Is.EqualTo(1 / Math.Sqrt(2)).Within(3).Percent);
    }

    /// <summary>One exposure is a fifth of the other; 0.2009 is what least squares over the warm pixels give.</summary>
    [Test]
    public void The_dark_of_300_s_is_scaled_to_that_of_60()
    {
        var report = Calibrate("scaled", [TestData.Path("masters-fits", "darks-expos60s-Neg5-Vis.00000000.DARK.FIT")], new CalibrationRequest
        {
            Bias = [.. Enumerable.Range(0, 4).Select(Bias)],
            Dark = [TestData.Path("masters-fits", "darks-expos300s-Neg5-Vis.00000000.DARK.FIT")],
            OptimizeDark = true,
            Cosmetic = CosmeticCorrection.None,
            CacheFolder = Folder.File("cache"),
        });
        Assert.That(report.Calibration!.DarkScales!.Value.Least, Is.EqualTo(0.2009).Within(0.001));
    }

    private static string Bias(int number) => TestData.Path("masters-fits", $"biases-Neg5-Vis.0000000{number}.BIAS.FIT");

    private Frame Master(string name, params string[] frames)
    {
        var cache = Folder.File(name);
        Calibrate(name, [TestData.Path("masters-fits", "darks-expos1-Neg5-Vis.00000000.DARK.FIT")], new CalibrationRequest { Bias = frames, CacheFolder = cache });
        return ImageFile.Read(Directory.GetFiles(cache, "bias-*.fits").Single());
    }

    /// <param name="lights">Each is stacked with itself.</param>
    private StackReport Calibrate(string name, string[] lights, CalibrationRequest calibration) => Stacker.Run(new StackRequest
    {
        Inputs = [.. lights.Concat(lights.Select(Copy)).Select(path => new StackInput(path))],
        Alignment = StackAlignment.None,
        Calibration = calibration,
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File($"{name}.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    });

    private string Copy(string path)
    {
        var copy = Folder.File("copy of " + Path.GetFileName(path));
        File.Copy(path, copy, overwrite: true);
        return copy;
    }

    private static double Noise(Frame one, Frame other)
    {
        var scale = other.Plane(0)[0] > 1 ? 1.0 : 65535;
        double[] differences = [.. one.Plane(0).ToArray().Zip(other.Plane(0).ToArray(), (a, b) => (a - b) * scale).Order()];
        var (low, high) = (differences[(int)(0.1587 * differences.Length)], differences[(int)(0.8413 * differences.Length)]); // one sigma on either side
        return (high - low) / 2;
    }
}
