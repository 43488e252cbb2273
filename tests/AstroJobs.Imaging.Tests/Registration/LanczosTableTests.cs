using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class LanczosTableTests
{
    [Test]
    public void The_weights_of_every_phase_sum_to_one()
    {
        for (var phase = 0; phase <= LanczosTable.Phases; phase++)
            Assert.That(Set(phase).Sum(weight => (double)weight), Is.EqualTo(1).Within(1e-6), $"phase {phase}");
    }

    [Test]
    public void A_whole_pixel_takes_that_pixel_alone()
    {
        Assert.That(Set(0), Is.EqualTo(new float[] { 0, 0, 0, 1, 0, 0, 0, 0 }).Within(1e-7));
        Assert.That(Set(LanczosTable.Phases), Is.EqualTo(new float[] { 0, 0, 0, 0, 1, 0, 0, 0 }).Within(1e-7));
    }

    [Test]
    public void Half_a_pixel_has_the_weights_of_the_formula()
    {
        // sinc(½)·sinc(⅛) : sinc(3/2)·sinc(3/8) : sinc(5/2)·sinc(5/8) : sinc(7/2)·sinc(7/8), scaled to sum ½ a side.
        static double L(double x) => Math.Sin(Math.PI * x) / (Math.PI * x) * Math.Sin(Math.PI * x / 4) / (Math.PI * x / 4);
        var side = new[] { L(3.5), L(2.5), L(1.5), L(0.5) };
        var expected = side.Concat(side.Reverse()).Select(w => w / (2 * side.Sum())).ToArray();
        Assert.That(Set(LanczosTable.Phases / 2), Is.EqualTo(expected).Within(1e-6));
    }

    private static float[] Set(int phase) => LanczosTable.Weights.Slice(phase * LanczosTable.Taps, LanczosTable.Taps).ToArray();
}
