using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Cameras.Simulated;

public sealed class NebulaTests
{
    private static readonly SimulatedCameraSettings Sword = new() { Width = 400, Height = 300, FovDeg = 4, DecDeg = -5.2, SkyGradient = 0, HotPixels = 0 };

    [TestCase(0)]
    [TestCase(20)]
    public void The_Orion_nebula_glows_at_its_place_in_every_frame(int index)
    {
        var exposure = new SimulatedExposure(index, TimeSpan.FromSeconds(5));
        using var with = SimulatedFrame.Render(Sword, exposure);
        using var without = SimulatedFrame.Render(Sword with { Nebulae = false }, exposure);

        // 5′ south-west of the Trapezium and 70′ west of it, where nothing glows.
        Assert.That(Glow(with, without, new SkyPosition(83.76, -5.45)), Is.GreaterThan(200));
        Assert.That(Glow(with, without, new SkyPosition(82.50, -5.45)), Is.Zero.Within(30));
    }

    [Test]
    public void A_dark_shows_none_of_it()
    {
        var exposure = new SimulatedExposure(0, TimeSpan.FromSeconds(5), 400, FrameType.Dark);
        using var with = SimulatedFrame.Render(Sword, exposure);
        using var without = SimulatedFrame.Render(Sword with { Nebulae = false }, exposure);

        Assert.That(with.Frame.Plane(0).SequenceEqual(without.Frame.Plane(0)), Is.True);
    }

    [Test]
    public void It_fades_outwards_along_its_axis_and_ends()
    {
        var nebula = new Nebula("made", 40, 30, 20, 5, 90, 20, new StarColour(1, 1, 1), Tearing: 0);

        Assert.That(nebula.At(new SkyPosition(40, 30)), Is.EqualTo(1).Within(1e-9));
        // The long axis lies east-west: one sigma east is 20′, one sigma north 5′; both leave e^(−1/2).
        Assert.That(nebula.At(new SkyPosition(40 + (20 / 60.0 / Math.Cos(30 * Math.PI / 180)), 30)), Is.EqualTo(Math.Exp(-0.5)).Within(0.01));
        Assert.That(nebula.At(new SkyPosition(40, 30 + (5 / 60.0))), Is.EqualTo(Math.Exp(-0.5)).Within(0.01));
        Assert.That(nebula.At(new SkyPosition(42, 30)), Is.Zero);
        Assert.That(nebula.At(new SkyPosition(220, -30)), Is.Zero);
    }

    // ADU of 21 × 21 pixels around a point of the sky, on average.
    private static double Glow(SimulatedFrame with, SimulatedFrame without, SkyPosition position)
    {
        Assert.That(with.Wcs.TryToPixel(position, out var x, out var y), Is.True);
        var sum = 0.0;
        for (var row = (int)y - 10; row <= (int)y + 10; row++)
        {
            for (var column = (int)x - 10; column <= (int)x + 10; column++)
                sum += (with.Frame.Row(0, row)[column] - without.Frame.Row(0, row)[column]) * 65535;
        }
        return sum / 441;
    }
}
