using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Output;
using AstroJobs.Imaging.Tests.Stacking.Registering;

namespace AstroJobs.Imaging.Tests.Stacking.Output;

/// <summary>What a picture says of itself years later: when and how long it was exposed, through what, and what was done to it.</summary>
public sealed class StackProductTests
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 21, 19, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_result_sums_up_its_frames_in_whatever_order_they_are()
    {
        var told = Describe([Frame(2, -10, 100, "Ha"), Frame(0, -10.5, 100, "OIII"), Frame(1, -9.99, 100, "Ha")]);
        Assert.Multiple(() =>
        {
            Assert.That(told.StackCount, Is.EqualTo(3));
            Assert.That(told.Exposure, Is.EqualTo(TimeSpan.FromSeconds(180)));
            Assert.That((told.DateObs, told.DateEnd), Is.EqualTo((Evening, Evening.AddMinutes(3))), "from the first one's beginning to the last one's end");
            Assert.That((told.SensorTemperatureC, told.Gain, told.Filter), Is.EqualTo((-10.16, 100.0, "Ha+OIII")));
            Assert.That(told.Bayer, Is.Null, "it is no mosaic any more");
            Assert.That(StackProduct.Is(told), "and a later stack of the folder leaves it out");
        });
    }

    [Test]
    public void What_not_all_frames_say_is_not_said_of_the_result()
    {
        var told = Describe([Frame(0, -10, 100, null), Frame(1, null, 200, null) with { Exposure = null }]);
        Assert.That((told.SensorTemperatureC, told.Gain, told.Iso, told.Filter, told.Exposure), Is.EqualTo(((double?)null, (double?)null, (int?)null, (string?)null, (TimeSpan?)null)));
        Assert.That(told.DateEnd, Is.EqualTo(Evening.AddMinutes(1)), "of those that tell their end");
    }

    [Test]
    public void A_frame_that_names_its_end_is_believed() =>
        Assert.That(Describe([Frame(0, -10, 100, null), Frame(1, -10, 100, null) with { DateEnd = Evening.AddMinutes(5) }]).DateEnd, Is.EqualTo(Evening.AddMinutes(5)));

    [TestCase(null, null, false)]
    [TestCase(1, "N.I.N.A. 3.1", false)]
    [TestCase(2, null, true)]
    [TestCase(null, "AstroJobs stack", true)]
    public void A_result_is_known_by_its_count_or_its_maker(int? count, string? software, bool isProduct) =>
        Assert.That(StackProduct.Is(FrameMetadata.None with { StackCount = count, Software = software }), Is.EqualTo(isProduct));

    [Test]
    public void The_history_says_all_that_was_done()
    {
        var (one, two) = (Frame(0, -10, 100, null) with { History = ["taken through a hole in the clouds"] }, Frame(1, -10, 100, null));
        var request = new StackRequest { Inputs = [], WorkFolder = "", OutputPath = "", Alignment = StackAlignment.Stars };
        var integration = new Integration(StackMode.Mean, 2)
        {
            Rejection = StackRejection.LinearFit,
            Limits = new RejectionLimits(2.5, 3.5),
            Normalization = StackNormalization.MultiplicativeScaling,
            Weighting = StackWeighting.Fwhm,
        };
        Assert.That(Describe([one, two], request, integration, "cut from 3 to 2").History, Is.EqualTo(new[]
        {
            "taken through a hole in the clouds",
            "2 frames stacked: mean",
            "aligned by stars on made.fits, Lanczos-4",
            "normalized: multiplicative with scaling (median, biweight scatter)",
            "weighed: fwhm",
            "rejected: linear fit, 2.5 sigma below and 3.5 above",
            "cut from 3 to 2",
        }));
    }

    [TestCase(StackRejection.None, null)]
    [TestCase(StackRejection.Percentile, "rejected: percentile, 0.2 of the median below and 0.1 above")]
    [TestCase(StackRejection.Gesd, "rejected: generalised ESD, up to 0.2 of the samples, significance 0.1")]
    [TestCase(StackRejection.MedianSigma, "rejected: median sigma, 0.2 sigma below and 0.1 above")]
    [TestCase(StackRejection.Mad, "rejected: mad, 0.2 sigma below and 0.1 above")]
    public void The_limits_of_a_rejection_are_told_by_what_they_mean(StackRejection rejection, string? told)
    {
        var history = Describe([Frame(0, null, null, null)], null, new Integration(StackMode.Sum, 1) { Rejection = rejection, Limits = new RejectionLimits(0.2, 0.1) }).History;
        Assert.That(history.Where(static line => line.StartsWith("rejected", StringComparison.Ordinal)), Is.EqualTo(told is null ? [] : new[] { told }));
    }

    [TestCase(StackAlignment.None, "not aligned")]
    [TestCase(StackAlignment.Surface, "aligned by their pictures on made.fits, Lanczos-4")]
    public void How_frames_were_laid_on_each_other_is_told(StackAlignment alignment, string told) =>
        Assert.That(Describe([Frame(0, null, null, null)], new StackRequest { Inputs = [], WorkFolder = "", OutputPath = "", Alignment = alignment }).History, Has.Some.EqualTo(told));

    [TestCase(DemosaicMethod.Rcd, "mosaic made colour by RCD")]
    [TestCase(DemosaicMethod.Bilinear, "mosaic made colour by bilinear interpolation")]
    public void How_a_mosaic_became_colour_is_told(DemosaicMethod method, string told)
    {
        var request = new StackRequest { Inputs = [], WorkFolder = "", OutputPath = "", Demosaic = method };
        Assert.That(Describe([Frame(0, null, null, null) with { Bayer = BayerPattern.Rggb }], request).History, Has.Some.EqualTo(told));
    }

    private static FrameMetadata Describe(FrameMetadata[] all, StackRequest? request = null, Integration? integration = null, params string[] notes)
    {
        var made = MadeFrames.Moved(0, 0, 10, 10).Frame;
        var reference = made with { Info = made.Info with { Metadata = all[0] } };
        return StackProduct.Describe(request ?? new StackRequest { Inputs = [], WorkFolder = "", OutputPath = "" }, integration ?? new Integration(StackMode.Mean, all.Length), all, reference, null, notes);
    }

    /// <summary>Of one minute.</summary>
    private static FrameMetadata Frame(int minute, double? temperature, double? gain, string? filter) => FrameMetadata.None with
    {
        DateObs = Evening.AddMinutes(minute),
        Exposure = TimeSpan.FromSeconds(60),
        SensorTemperatureC = temperature,
        Gain = gain,
        Filter = filter,
    };
}
