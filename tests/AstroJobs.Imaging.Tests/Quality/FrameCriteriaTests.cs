using AstroJobs.Imaging.Quality;

namespace AstroJobs.Imaging.Tests.Quality;

public sealed class FrameCriteriaTests
{
    private static readonly FrameQuality[] Frames =
    [
        new() { Stars = 100, Fwhm = 3, Eccentricity = 0.3, Background = 0.1, Noise = 0.01, Transparency = 1 },
        new() { Stars = 102, Fwhm = 3.2, Eccentricity = 0.3, Background = 0.1, Noise = 0.01, Transparency = 1 },
        new() { Stars = 50, Fwhm = 2.9, Eccentricity = 0.3, Background = 0.25, Noise = 0.01, Transparency = 0.4 },
        new() { Stars = 98, Fwhm = 4.9, Eccentricity = 0.8, Background = 0.1, Noise = 0.01, Transparency = 0.98 },
    ];

    [TestCase("fwhm>1.5x", new[] { 3 })]
    [TestCase("FWHM > 1.5 x", new[] { 3 })]
    [TestCase("fwhm>3.1", new[] { 1, 3 })]
    [TestCase("stars<0.6x", new[] { 2 })]
    [TestCase("round<0.8", new[] { 3 })]
    [TestCase("background>2x", new[] { 2 })]
    [TestCase("transparency<0.5, ecc>0.7", new[] { 2, 3 })]
    [TestCase("stars<0.6x; fwhm>1.5x; round<0.8", new[] { 2, 3 })]
    [TestCase("noise>2x,snr<1", new int[0])]
    public void The_frames_that_a_criterion_means_are_rejected(string text, int[] rejected)
    {
        var reasons = FrameCriteria.TryParse(text, out var problem)!.Judge(Frames);
        Assert.That(problem, Is.Null);
        Assert.That(Enumerable.Range(0, Frames.Length).Where(i => reasons[i] is not null), Is.EqualTo(rejected));
    }

    [Test]
    public void A_reason_names_the_figure_the_limit_and_the_median()
    {
        var reasons = FrameCriteria.TryParse("fwhm>1.5x, round<0.8", out _)!.Judge(Frames);
        Assert.That(reasons[3], Is.EqualTo("its fwhm of 4.9 px is above 4.8 px, 1.5 times the median of 3.2; its round of 0.6 is below 0.8"));
    }

    [TestCase("")]
    [TestCase(" , ")]
    [TestCase("fwmh>1.5x")]
    [TestCase("fwhm=3")]
    [TestCase("fwhm>")]
    [TestCase("fwhm>x")]
    [TestCase(">3")]
    [TestCase("fwhm>3px")]
    [TestCase("fwhm>-3")]
    [TestCase("fwhm>3, stars")]
    public void What_is_not_understood_is_refused_with_all_that_is_allowed(string text)
    {
        Assert.That(FrameCriteria.TryParse(text, out var problem), Is.Null);
        Assert.That(problem, Does.Contain("stars, fwhm, round, ecc, background, noise, snr, transparency, missing, rms").And.Contain("fwhm>1.5x, stars<0.6x, round<0.8"));
    }

    [TestCase("80%", 20, 16)]
    [TestCase("50 %", 5, 3)]
    [TestCase("100%", 7, 7)]
    [TestCase("0.1%", 7, 1)]
    [TestCase("4", 20, 4)]
    [TestCase("40", 20, 20)]
    public void The_best_are_a_part_or_a_number(string text, int frames, int taken) => Assert.That(BestShare.TryParse(text)!.Value.Of(frames), Is.EqualTo(taken));

    [TestCase("0%")]
    [TestCase("101%")]
    [TestCase("-3")]
    [TestCase("2.5")]
    [TestCase("best")]
    [TestCase("")]
    public void Neither_part_nor_number_is_refused(string text) => Assert.That(BestShare.TryParse(text), Is.Null);
}
