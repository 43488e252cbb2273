using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>What is refused at submit, before anybody has gone to bed.</summary>
public sealed class StackRefusedTests : StackFixture
{
    [TestCase("fwmh>1.5x", null, null, "write a measure (stars, fwhm, round")]
    [TestCase(null, "120%", null, "80%")]
    [TestCase(null, "1", null, "at least 2")]
    [TestCase(null, null, "1,2,3", "x0,y0@t0,x1,y1@t1")]
    public void Choices_that_are_not_understood_are_refused_at_submit(string? reject, string? best, string? comet, string told)
    {
        SaveFrames(2);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night"], RejectFrames = reject, Best = best, Comet = comet }),
            IsRefused.And.Message.Contains(told));
    }

    [TestCase("1%", "The best 1 % of 4 frames is a single one", "--best 38% or more")]
    [TestCase("37%", "The best 37 % of 4 frames is a single one", "--best 38% or more")]
    [TestCase("38%", null, null)]
    [TestCase("2", null, null)]
    [TestCase("9", null, null)]
    public void A_part_of_the_frames_that_is_no_stack_is_refused_at_submit_with_the_least_that_is_one(string best, string? told, string? hint)
    {
        SaveFrames(4);
        var parameters = new StackParameters { Images = ["night"], Best = best };
        Assert.That(() => Prepare(parameters), told is null ? Throws.Nothing : IsRefused.And.Message.StartsWith(told).And.Property(nameof(JobException.Hint)).Contains(hint));
    }

    [Test]
    public void How_many_frames_another_job_takes_is_not_known_at_submit() =>
        Assert.That(() => Prepare(new StackParameters { FromJob = "0193a5c0000070008000000000abcdef", Best = "1%" }), Throws.Nothing);

    [Test]
    public void Frames_are_not_chosen_by_stars_that_are_not_looked_for()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Align = StackAlignment.None };
        Assert.That(() => Prepare(parameters with { RejectFrames = "fwhm>1.5x" }), IsRefused);
        Assert.That(() => Prepare(parameters with { Best = "50%" }), IsRefused);
        Assert.That(Prepare(parameters with { RejectFrames = "background>2x" }).RejectFrames, Is.EqualTo("background>2x"));
    }

    [Test]
    public void What_cannot_be_cut_is_refused_at_submit()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Autocrop = true, Trim = "0,0,300,200" };
        StackParameters[] refused =
        [
            parameters with { CropCoverage = 0 },
            parameters with { CropCoverage = 101 },
            parameters with { Autocrop = false, CropCoverage = 50 },
            parameters with { Foreground = true },
            parameters with { Live = true },
            parameters with { Trim = "0,0,300" },
            parameters with { Trim = "-1,0,300,200" },
            parameters with { Trim = "0,0,0,200" },
            parameters with { Overscan = OverscanUse.Subtract, Bias = ["512"] },
        ];
        Assert.That(Prepare(parameters).CropCoverage, Is.EqualTo(80));
        foreach (var wrong in refused)
            Assert.That(() => Prepare(wrong), IsRefused, wrong.ToString());
    }

    [Test]
    public void What_cannot_be_drizzled_is_refused_at_submit()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Drizzle = 2, PixelFraction = 0.7 };
        StackParameters[] refused =
        [
            parameters with { Drizzle = 0.5 },
            parameters with { Drizzle = 3.5 },
            parameters with { PixelFraction = 0.05 },
            parameters with { PixelFraction = 1.5 },
            parameters with { Drizzle = null },
            parameters with { Mode = StackMode.Median },
            parameters with { Resample = ResamplingKernel.Bicubic },
            parameters with { CoverageMap = true },
        ];
        Assert.That(Prepare(parameters).Drizzle, Is.EqualTo(2));
        foreach (var wrong in refused)
            Assert.That(() => Prepare(wrong), IsRefused.And.Message.StartsWith("This cannot be done: "));
    }

    [Test]
    public void What_pictures_aligned_as_a_whole_cannot_do_is_refused_at_submit()
    {
        SaveFrames(3);
        var parameters = new StackParameters { Images = ["night"], Align = StackAlignment.Surface };
        StackParameters[] refused =
        [
            parameters with { Transform = TransformModel.Affine },
            parameters with { Weights = StackWeighting.Snr },
            parameters with { RejectFrames = "fwhm>2x" },
            parameters with { Comet = "1,2@2026-11-21T19:00,3,4@2026-11-21T20:00" },
            parameters with { Align = StackAlignment.Stars, RejectFrames = "sharpness<0.8x" },
        ];
        Assert.That(Prepare(parameters with { RejectFrames = "sharpness<0.8x", Best = "50%" }).Best, Is.EqualTo("50%"));
        foreach (var wrong in refused)
            Assert.That(() => Prepare(wrong), IsRefused);
    }

    [TestCase("", ErrorCode.BadInput)]
    [TestCase("a/stack.fits", ErrorCode.BadInput)]
    [TestCase("../stack.fits", ErrorCode.BadInput)]
    [TestCase(".fits", ErrorCode.BadInput)]
    [TestCase("stack.gif", ErrorCode.BadInput)]
    [TestCase("preview.jpg", ErrorCode.BadInput)]
    public void A_name_that_no_result_can_have_is_refused(string name, string code)
    {
        SaveFrames(2);
        Assert.That(() => Prepare(new StackParameters { Images = ["night"], OutputName = name }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(code));
    }

    [TestCase(StackMode.Median, StackRejection.Sigma, null)]
    [TestCase(StackMode.Mean, StackRejection.Sigma, -1)]
    [TestCase(StackMode.Mean, StackRejection.Percentile, 3)]
    [TestCase(StackMode.Mean, StackRejection.Gesd, 3)]
    public void A_rejection_that_means_nothing_is_refused_at_submit(StackMode mode, StackRejection rejection, double? low)
    {
        SaveFrames(2);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night"], Mode = mode, Rejection = rejection, Low = low }),
            IsRefused);
    }

    [TestCase(StackMode.Max, StackAlignment.Stars, StackWeighting.Noise)]
    [TestCase(StackMode.Mean, StackAlignment.None, StackWeighting.Fwhm)]
    public void Weights_that_mean_nothing_are_refused_at_submit(StackMode mode, StackAlignment align, StackWeighting weights)
    {
        SaveFrames(2);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night"], Mode = mode, Align = align, Weights = weights }),
            IsRefused);
    }

    [Test]
    public void Too_little_memory_is_refused_at_submit()
    {
        SaveFrames(2);
        Assert.That(() => Prepare(new StackParameters { Images = ["night"], MemoryBytes = 1000 }), Throws.TypeOf<JobException>().With.Message.Contains("16 MiB"));
    }

    [Test]
    public void Options_that_need_another_are_refused()
    {
        SaveFrames(2);
        Assert.Multiple(() =>
        {
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], DarkOptimize = true, Dark = ["night/f0.fits"] }), Throws.TypeOf<JobException>().With.Message.Contains("needs a dark and a bias"));
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], DarkFlat = ["night/f0.fits"] }), Throws.TypeOf<JobException>().With.Message.Contains("there are none"));
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], Flat = ["flats"] }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.ImageNotFound));
        });
    }
}
