using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Stacking.Integrating;

public sealed class NormalizerTests
{
    private static readonly RobustLevel Own = new(0.3, 0.02);
    private static readonly RobustLevel Reference = new(0.2, 0.01);

    [TestCase(StackNormalization.None, 0.3, 0.02)]
    [TestCase(StackNormalization.Additive, 0.2, 0.02)]
    [TestCase(StackNormalization.Multiplicative, 0.2, 0.02 * 2 / 3)]
    [TestCase(StackNormalization.AdditiveScaling, 0.2, 0.01)]
    [TestCase(StackNormalization.MultiplicativeScaling, 0.1, 0.02 / 3)]
    public void Level_and_scatter_become_what_the_definition_says(StackNormalization normalization, double level, double scatter)
    {
        var fit = Normalizer.Fit(normalization, Own, Reference);
        Assert.That((fit.Factor * Own.Level) + fit.Offset, Is.EqualTo(level).Within(1e-7));
        Assert.That(fit.Factor * Own.Scatter, Is.EqualTo(scatter).Within(1e-7));
    }

    [Test]
    public void The_reference_stays_as_it_is([Values] StackNormalization normalization) =>
        Assert.That(Normalizer.Fit(normalization, Reference, Reference), Is.EqualTo(SampleFit.None));

    [Test]
    public void What_cannot_divide_is_left_out([Values] StackNormalization normalization)
    {
        var fit = Normalizer.Fit(normalization, new RobustLevel(0, 0), Reference);
        Assert.That(fit.Factor, Is.EqualTo(1));
        Assert.That(Normalizer.Fit(normalization, new RobustLevel(double.NaN, 0), Reference).Offset, Is.Zero);
    }

    /// <summary>Whole numbers end at 1; a float may go on, and where nothing is rejected nothing is marked.</summary>
    [TestCase(SampleFormat.UInt16, true, 0.998f)]
    [TestCase(SampleFormat.UInt8, true, 0.998f)]
    [TestCase(SampleFormat.Float32, true, float.PositiveInfinity)]
    [TestCase(SampleFormat.UInt16, false, float.PositiveInfinity)]
    [TestCase(SampleFormat.Float32, false, float.PositiveInfinity)]
    public void Saturation_is_told_where_somebody_asks_and_the_file_can_tell(SampleFormat format, bool isAsked, float ceiling)
    {
        var frame = new InspectedFrame(0, "f.fits", new FrameInfo(8, 8, 1, format, FrameMetadata.None), new StarField(8, 8, [], 0, 0, 1), [Own], null!);
        var fit = Normalizer.Fits(StackNormalization.Additive, frame, frame with { Levels = [Reference] }, isAsked).Single();
        Assert.That(fit.Ceiling, Is.EqualTo(ceiling));
        Assert.That(fit.Offset, Is.EqualTo(-0.1f).Within(1e-6));
    }

    [Test]
    public void Saturated_samples_are_told_apart_before_they_are_changed()
    {
        float[] row = [.. Enumerable.Repeat(0.5f, 20), 1f, float.NaN, 0.4f, 1f, 0.999f, 0.9f];
        new SampleFit(2, -0.5f, 0.998f).Apply(row, row);
        float[] expected = [.. Enumerable.Repeat(0.5f, 20), float.PositiveInfinity, float.NaN, 0.3f, float.PositiveInfinity, float.PositiveInfinity, 1.3f];
        Assert.That(row, Is.EqualTo(expected).Within(1e-6));
    }
}
