using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Stacking.Integrating;

public sealed class FrameWeightsTests
{
    private readonly List<string> _notes = [];

    [SetUp]
    public void ForgetNotes() => _notes.Clear();

    /// <summary>The best linear mean weighs by 1 / σ²; normalization makes noise larger with the samples.</summary>
    [Test]
    public void Noise_counts_as_it_is_once_the_samples_are_scaled() =>
        Assert.That(Ratio(StackWeighting.Noise, Frame(noise: 0.01), Frame(noise: 0.01), factor: 2), Is.EqualTo(1 / 4.0).Within(1e-6));

    /// <summary>Signal over noise squared: a frame that is scaled up by what clouds took has less light for its noise, not more.</summary>
    [Test]
    public void Signal_to_noise_counts_the_light_that_came()
    {
        Assert.That(Ratio(StackWeighting.Snr, Frame(noise: 0.01), Frame(noise: 0.02)), Is.EqualTo(1 / 4.0).Within(1e-6));
        Assert.That(Ratio(StackWeighting.Snr, Frame(noise: 0.01), Frame(noise: 0.01, flux: 0.5)), Is.EqualTo(0.5).Within(1e-6));
        Assert.That(Ratio(StackWeighting.Snr, Frame(noise: 0.01), Frame(noise: 0.01, flux: 0.5), factor: 2), Is.EqualTo(0.25).Within(1e-6), "and its noise is scaled with it");
    }

    [Test]
    public void Sharp_stars_count_by_their_area() =>
        Assert.That(Ratio(StackWeighting.Fwhm, Frame(fwhm: 2), Frame(fwhm: 4)), Is.EqualTo(1 / 4.0).Within(1e-6));

    /// <summary>N(&gt; f) ~ f^-1.5: eight times the stars are seen at a quarter of the noise, which is worth sixteen times.</summary>
    [Test]
    public void Stars_count_by_the_noise_that_shows_so_many() =>
        Assert.That(Ratio(StackWeighting.Stars, Frame(stars: 10), Frame(stars: 80)), Is.EqualTo(16).Within(1e-4));

    [Test]
    public void Exposures_count_by_their_length() =>
        Assert.That(Ratio(StackWeighting.Exposure, Frame(seconds: 10), Frame(seconds: 25)), Is.EqualTo(2.5).Within(1e-6));

    [Test]
    public void Their_mean_is_one_and_who_does_not_tell_counts_as_the_mean()
    {
        var weights = FrameWeights.Of(StackWeighting.Exposure, [Frame(seconds: 10), Frame(seconds: 0), Frame(seconds: 30)], [1, 1, 1], _notes);
        Assert.That(weights, Is.EqualTo(new[] { 0.5f, 1, 1.5f }).Within(1e-6));
        Assert.That(_notes, Has.One.StartsWith("1 of 3 frames do not tell"));
        Assert.That(FrameWeights.Of(StackWeighting.None, [Frame(), Frame()], [1, 1], _notes), Is.Empty);
    }

    [Test]
    public void What_a_frame_cannot_be_weighed_by_is_not_divided_by([Values(StackWeighting.Noise, StackWeighting.Fwhm, StackWeighting.Stars, StackWeighting.Snr, StackWeighting.Exposure)] StackWeighting weighting)
    {
        var weights = FrameWeights.Of(weighting, [Frame(), Frame(noise: 0, fwhm: 0, stars: 0, seconds: 0)], [1, 1], _notes);
        Assert.That(weights, Is.All.EqualTo(1));
        Assert.That(_notes, Has.One.StartsWith("1 of 2 frames do not tell"));
    }

    [Test]
    public void A_frame_on_which_no_star_of_the_reference_is_found_does_not_tell_its_signal()
    {
        Assert.That(FrameWeights.Of(StackWeighting.Snr, [Frame(), Frame(flux: 0)], [1, 1], _notes), Is.All.EqualTo(1));
        Assert.That(_notes, Has.Count.EqualTo(1));
    }

    /// <summary>What the second counts for one of the first.</summary>
    private double Ratio(StackWeighting weighting, RegisteredFrame first, RegisteredFrame second, double factor = 1)
    {
        var weights = FrameWeights.Of(weighting, [first, second], [1, factor], _notes);
        Assert.That(_notes, Is.Empty);
        return weights[1] / weights[0];
    }

    private static RegisteredFrame Frame(double noise = 0.01, double fwhm = 3, int stars = 20, double seconds = 10, double flux = 1)
    {
        var found = Enumerable.Range(0, stars).Select(i => new Star(i, i, 1, 1, fwhm, 0, false, 0.01)).ToArray();
        var info = new FrameInfo(100, 100, 1, SampleFormat.UInt16, FrameMetadata.None with { Exposure = TimeSpan.FromSeconds(seconds) });
        return new RegisteredFrame(new InspectedFrame(0, "f.fits", info, new StarField(100, 100, found, 0.1, noise, 1), [], null!), FrameMap.Identity, 0, stars) { FluxRatio = flux };
    }
}
