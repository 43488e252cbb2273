using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>Frames under a sky that brightens, and frames of unlike quality.</summary>
public sealed class NormalizedStackTests : FolderFixture
{
    private const int Width = 320;
    private const int Height = 240;
    private const int Count = 8;

    private readonly MadeSky _sky = new(6, Width, Height, 120, margin: 100);

    [Test]
    public void Under_a_brightening_sky_only_normalized_frames_show_their_outliers()
    {
        for (var i = 0; i < Count; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i), i);
            foreach (ref var sample in frame.Plane(0))
                sample += 0.02f * i;
            frame.Row(0, 60 + (i * 12)).Slice(100, 100).Fill(0.35f); // a trail of its own for each
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.UInt16);
        }
        var normalized = Stack(StackRejection.Mad, StackNormalization.Auto, out var clean);
        var plain = Stack(StackRejection.Mad, StackNormalization.None, out var trailed);
        Assert.Multiple(() =>
        {
            Assert.That(normalized.Normalization, Is.EqualTo(StackNormalization.AdditiveScaling));
            Assert.That(clean.Background, Is.EqualTo(0.1 + (0.02 * Array.FindIndex([.. normalized.Used], frame => frame.Path == normalized.Reference))).Within(0.001), "the reference's sky");
            Assert.That(normalized.Used[1].Normalized.Single().Factor, Is.EqualTo(1).Within(0.05));
            Assert.That(normalized.Used[7].Normalized.Single().Offset - normalized.Used[1].Normalized.Single().Offset, Is.EqualTo(-0.12).Within(0.02));
            Assert.That(normalized.Rejection.High, Is.InRange(0.003, 0.05));
            Assert.That(plain.Normalization, Is.EqualTo(StackNormalization.None));
            Assert.That(plain.Used[1].Normalized, Is.Empty);
            Assert.That(plain.Rejection.High, Is.LessThan(normalized.Rejection.High!.Value), "a sky that changes hides what is brighter");
        });
        Assert.That(trailed.Background, Is.EqualTo(0.17).Within(0.01), "the mean of all skies");
    }

    [Test]
    public void Weighing_by_noise_gives_the_least_noise()
    {
        var noisy = new MadeSky(6, Width, Height, 120, margin: 100) { Noise = 0.015 };
        for (var i = 0; i < Count; i++)
        {
            var sky = i % 2 == 0 ? _sky : noisy;
            using var frame = sky.Draw(sky.Camera(), i);
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.UInt16);
        }
        var weighed = Stack(StackRejection.None, StackNormalization.None, out var best, StackWeighting.Noise);
        Stack(StackRejection.None, StackNormalization.None, out var even);
        var optimum = 1 / Math.Sqrt(4 * ((1 / (0.005 * 0.005)) + (1 / (0.015 * 0.015))));
        Assert.Multiple(() =>
        {
            Assert.That(best.Noise, Is.EqualTo(optimum).Within(10).Percent);
            Assert.That(even.Noise, Is.GreaterThan(1.5 * optimum));
            Assert.That(weighed.Used.Average(frame => frame.Weight), Is.EqualTo(1).Within(1e-5));
            Assert.That(weighed.Used[0].Weight / weighed.Used[1].Weight, Is.EqualTo(9).Within(10).Percent);
        });
    }

    [TestCase(StackWeighting.None, 1)]
    [TestCase(StackWeighting.Exposure, 3)]
    public void A_frame_counts_by_its_exposure_when_that_is_asked_for(StackWeighting weighting, double ratio)
    {
        for (var i = 0; i < Count; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(), i);
            frame.Metadata = frame.Metadata with { Exposure = TimeSpan.FromSeconds(i == 0 ? 30 : 10) };
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.UInt16);
        }
        var report = Stack(StackRejection.Winsorized, StackNormalization.Auto, out _, weighting);
        Assert.That(report.Used[0].Weight / report.Used[1].Weight, Is.EqualTo(ratio).Within(1e-4));
    }

    private StackReport Stack(StackRejection rejection, StackNormalization normalization, out StarField field, StackWeighting weighting = StackWeighting.None)
    {
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, Count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
            Rejection = rejection,
            Normalization = normalization,
            Weighting = weighting,
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        using var picture = ImageFile.Read(Folder.File("stack.fits"));
        field = StarFinder.Find(picture);
        return report;
    }
}
