using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Integrating;

public sealed class IntegrationTests : FolderFixture
{
    /// <summary>Limits of rejections that count otherwise mean nothing as deviations from a model.</summary>
    [TestCase(StackRejection.Percentile, 4)]
    [TestCase(StackRejection.Gesd, 4)]
    [TestCase(StackRejection.Sigma, 0.2)]
    public void Drizzled_samples_are_judged_by_deviations(StackRejection rejection, double low) =>
        Assert.That(new Integration(StackMode.Mean, 5) { Rejection = rejection, Limits = new RejectionLimits(0.2, 0.1) }.DrizzleLimits.Low, Is.EqualTo(low));

    [TestCase(StackMode.Mean, StackRejection.None, true)]
    [TestCase(StackMode.Sum, StackRejection.None, true)]
    [TestCase(StackMode.Mean, StackRejection.Sigma, false)]
    [TestCase(StackMode.Min, StackRejection.None, false)]
    public void Every_sample_counts_in_a_mean_that_rejects_nothing(StackMode mode, StackRejection rejection, bool counts) =>
        Assert.That(new Integration(mode, 5) { Rejection = rejection }.CountsEverySample, Is.EqualTo(counts));

    /// <summary>Ten frames of eight bits under an even sky between two steps: who is one step off has been rounded, not hit by anything.</summary>
    [Test]
    public void One_step_of_a_file_is_no_outlier([Values(StackRejection.Sigma, StackRejection.Mad, StackRejection.Winsorized, StackRejection.LinearFit)] StackRejection rejection)
    {
        const int width = 40, height = 30, count = 10;
        for (var i = 0; i < count; i++)
        {
            using var frame = new Frame(width, height, 1, FrameMetadata.None);
            frame.Plane(0).Fill((i == 3 ? 101 : 100) / 255f);
            ImageFile.Write(Folder.File($"f{i}.png"), frame, SampleFormat.UInt8);
        }
        Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, count).Select(i => new StackInput(Folder.File($"f{i}.png")))],
            Alignment = StackAlignment.None,
            Normalization = StackNormalization.None,
            Rejection = rejection,
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        using var stack = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(stack.Plane(0).ToArray().Select(value => value * 255), Is.All.EqualTo(100.1).Within(0.001));
    }
}
