using AstroJobs.Imaging;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Cameras.Simulated;

public sealed class SimulatedFrameTests
{
    // Small, without what is not under test; the field is the belt of Orion.
    private static readonly SimulatedCameraSettings Plain = new()
    {
        Width = 320,
        Height = 240,
        FovDeg = 2.4,
        DecDeg = -1.5,
        HotPixels = 0,
        SkyGradient = 0,
        FwhmPixels = 3,
        Nebulae = false,
    };

    private static readonly SimulatedExposure FiveSeconds = new(0, TimeSpan.FromSeconds(5));

    [TestCase(0.5, 100)]
    [TestCase(5, 100)]
    [TestCase(30, 400)]
    public void The_noise_of_an_even_light_is_that_of_its_electrons_and_of_the_read_out(double seconds, int iso)
    {
        // Dark current makes electrons as the sky does, and brings no stars with it.
        var settings = Plain with { DarkElectronsPerSecond = 40, ReadNoiseElectrons = 6 };
        using var frame = SimulatedFrame.Render(settings, new SimulatedExposure(0, TimeSpan.FromSeconds(seconds), iso, FrameType.Dark));

        var (mean, deviation) = MeanAndDeviation(Adu(frame.Frame));

        var electronsPerAdu = 0.8 * 100 / iso;
        var electrons = 40 * seconds;
        Assert.That(mean, Is.EqualTo(500 + (electrons / electronsPerAdu)).Within(0.5).Percent);
        // Poisson + read noise + the rounding to whole ADU (1/12).
        Assert.That(deviation, Is.EqualTo(Math.Sqrt(((electrons + 36) / electronsPerAdu / electronsPerAdu) + (1 / 12.0))).Within(1).Percent);
    }

    [Test]
    public void The_sky_is_as_bright_as_its_magnitude_says()
    {
        var settings = Plain with { SkyMagnitude = 18, FNumber = 4 };
        using var frame = SimulatedFrame.Render(settings, FiveSeconds with { Iso = 100 });

        // Focal length from field and pixels, light from the aperture; 2.4e6 electrons a second and cm² for V 0 as documented.
        var focalMm = 320 * 3.76e-3 / (2 * Math.Tan(1.2 * Math.PI / 180));
        var scale = 3.76e-3 / focalMm * 206264.806;
        var electrons = 2.4e6 * Math.PI / 4 * Math.Pow(focalMm / 40, 2) * Math.Pow(10, -0.4 * 18) * scale * scale * 5;
        var median = Median(Adu(frame.Frame));
        Assert.That(median, Is.EqualTo(500 + ((electrons + 0.5) / 0.8)).Within(1).Percent);
    }

    // Bright stars, so that what stands around them does not count, seen through so small a hole that they do not saturate.
    [TestCase(84.053389, -1.201919, 0.031, 0.017)]
    [TestCase(279.234735, 38.783689, -0.022, 0.009)]
    [TestCase(101.287155, -16.716116, 0.013, -0.041)]
    [TestCase(95.987958, -52.695661, -0.008, -0.003)]
    public void A_star_brings_the_light_of_its_magnitude_at_the_place_of_its_projection(double raDeg, double decDeg, double besideRa, double besideDec)
    {
        var settings = Plain with { RaDeg = raDeg + besideRa, DecDeg = decDeg + besideDec, FNumber = 64, ReadNoiseElectrons = 1, SkyMagnitude = 24 };
        var dimming = StarCatalogue.Embedded.Within(new SkyPosition(raDeg, decDeg), 0.01).Min(star => star.VMagnitude);
        using var frame = SimulatedFrame.Render(settings, new SimulatedExposure(0, TimeSpan.FromSeconds(40 * Math.Pow(10, 0.4 * dimming)), 100));
        var adu = Adu(frame.Frame);
        var background = Median(adu);
        var star = frame.Stars[0];

        var focalMm = 320 * 3.76e-3 / (2 * Math.Tan(1.2 * Math.PI / 180));
        var electrons = 2.4e6 * Math.PI / 4 * Math.Pow(focalMm / 640, 2) * 40;
        Assert.That(star.Electrons, Is.EqualTo(electrons).Within(0.01).Percent);
        Assert.That(star.PeakElectrons, Is.InRange(2000, 40_000));
        var (x, y, _) = Centroid(adu, 320, star.X, star.Y, background, radius: 6);
        var (_, _, sum) = Centroid(adu, 320, star.X, star.Y, background, radius: 18);
        Assert.That(sum * 0.8, Is.EqualTo(electrons).Within(2).Percent);
        Assert.That(x, Is.EqualTo(star.X).Within(0.02));
        Assert.That(y, Is.EqualTo(star.Y).Within(0.02));
    }

    [Test]
    public void The_frame_s_own_wcs_leads_to_its_stars()
    {
        using var frame = SimulatedFrame.Render(Plain, FiveSeconds with { Index = 7 });
        foreach (var star in frame.Stars.Take(50))
        {
            frame.Wcs.TryToPixel(star.Star.Position, out var x, out var y);
            Assert.That((x, y), Is.EqualTo((star.X, star.Y)));
        }
    }

    [Test]
    public void From_frame_to_frame_the_stars_drift_and_turn_as_asked()
    {
        var settings = Plain with { DriftX = 2, DriftY = -1, RotationDeg = 0.5 };
        var first = SimulatedSky.Stars(settings, 0, FiveSeconds.Exposure).ToDictionary(star => star.Star.Position);
        var fifth = SimulatedSky.Stars(settings, 4, FiveSeconds.Exposure);

        Assert.That(SimulatedSky.Pose(settings, 4) with { PivotX = 0, PivotY = 0 }, Is.EqualTo(new PixelPose(8, -4, 2, 0, 0)));
        var turn = 2 * Math.PI / 180;
        foreach (var star in fifth.Take(30).Where(star => first.ContainsKey(star.Star.Position)))
        {
            var before = first[star.Star.Position];
            var (dx, dy) = (before.X - 159.5, before.Y - 119.5);
            Assert.That(star.X, Is.EqualTo(159.5 + (dx * Math.Cos(turn)) - (dy * Math.Sin(turn)) + 8).Within(1e-6));
            Assert.That(star.Y, Is.EqualTo(119.5 + (dx * Math.Sin(turn)) + (dy * Math.Cos(turn)) - 4).Within(1e-6));
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_pixels_and_another_seed_only_the_same_stars()
    {
        using var one = SimulatedFrame.Render(Plain, FiveSeconds);
        using var same = SimulatedFrame.Render(Plain, FiveSeconds);
        using var other = SimulatedFrame.Render(Plain with { Seed = 2 }, FiveSeconds);

        Assert.That(one.Frame.Plane(0).SequenceEqual(same.Frame.Plane(0)), Is.True);
        Assert.That(one.Frame.Plane(0).SequenceEqual(other.Frame.Plane(0)), Is.False);
        Assert.That(one.Stars, Is.EqualTo(other.Stars));
    }

    [Test]
    public void Noise_is_new_in_every_frame()
    {
        var settings = Plain with { DriftX = 0, DriftY = 0, RotationDeg = 0 };
        using var one = SimulatedFrame.Render(settings, FiveSeconds with { Type = FrameType.Dark });
        using var next = SimulatedFrame.Render(settings, FiveSeconds with { Type = FrameType.Dark, Index = 1 });
        var (a, b) = (Adu(one.Frame), Adu(next.Frame));

        var (_, single) = MeanAndDeviation(a);
        var (_, difference) = MeanAndDeviation([.. a.Zip(b, (x, y) => x - y)]);

        Assert.That(difference, Is.EqualTo(single * Math.Sqrt(2)).Within(2).Percent); // as of independent noises
    }

    [Test]
    public void A_mosaic_sees_red_green_green_blue_from_the_top_left()
    {
        // Betelgeuse, B−V 1.85: red well over green over blue.
        var settings = Plain with { RaDeg = 88.792939, DecDeg = 7.407064, Layout = SensorLayout.Bayer, Width = 64, Height = 64, FovDeg = 4, FwhmPixels = 8, FNumber = 4, SkyMagnitude = 25 };
        using var mosaic = SimulatedFrame.Render(settings, new SimulatedExposure(0, TimeSpan.FromSeconds(60), 100));
        using var colour = SimulatedFrame.Render(settings with { Layout = SensorLayout.Color }, new SimulatedExposure(0, TimeSpan.FromSeconds(60), 100));

        double Sum(Frame frame, int channel, Func<int, int, bool> counts)
        {
            var sum = 0.0;
            for (var y = 16; y < 48; y++)
                for (var x = 16; x < 48; x++)
                    sum += counts(x, y) ? (frame.Row(channel, y)[x] * 65535) - 500 : 0;
            return sum;
        }

        var red = Sum(mosaic.Frame, 0, (x, y) => x % 2 == 0 && y % 2 == 0);
        var green = Sum(mosaic.Frame, 0, (x, y) => x % 2 == 1 && y % 2 == 0);
        var greenBelow = Sum(mosaic.Frame, 0, (x, y) => x % 2 == 0 && y % 2 == 1);
        var blue = Sum(mosaic.Frame, 0, (x, y) => x % 2 == 1 && y % 2 == 1);

        Assert.That(mosaic.Frame.Channels, Is.EqualTo(1));
        Assert.That(colour.Frame.Channels, Is.EqualTo(3));
        Assert.That(red, Is.GreaterThan(green * 1.5));
        Assert.That(green, Is.GreaterThan(blue * 1.3));
        Assert.That(greenBelow, Is.EqualTo(green).Within(2).Percent);
        Assert.That(red, Is.EqualTo(Sum(colour.Frame, 0, (x, y) => x % 2 == 0 && y % 2 == 0)).Within(2).Percent);
        Assert.That(green, Is.EqualTo(Sum(colour.Frame, 1, (x, y) => x % 2 == 1 && y % 2 == 0)).Within(2).Percent);
        Assert.That(blue, Is.EqualTo(Sum(colour.Frame, 2, (x, y) => x % 2 == 1 && y % 2 == 1)).Within(2).Percent);
    }

    [Test]
    public void Too_much_light_fills_the_well_or_the_range_and_no_more()
    {
        using var atIso100 = SimulatedFrame.Render(Plain with { FullWellElectrons = 20_000 }, FiveSeconds with { Iso = 100 });
        using var atIso1600 = SimulatedFrame.Render(Plain, FiveSeconds with { Iso = 1600 });

        Assert.That(Adu(atIso100.Frame).Max(), Is.EqualTo(500 + (20_000 / 0.8)));
        Assert.That(Adu(atIso1600.Frame).Max(), Is.EqualTo(65535));
    }

    [Test]
    public void Hot_pixels_stay_in_place_and_no_other_pixel_is_hot()
    {
        var settings = Plain with { HotPixels = 0.001, ReadNoiseElectrons = 2, DarkElectronsPerSecond = 0 };
        static HashSet<int> Hot(Frame frame) => [.. Adu(frame).Select((value, index) => (value, index)).Where(pixel => pixel.value > 800).Select(pixel => pixel.index)];
        using var one = SimulatedFrame.Render(settings, new SimulatedExposure(0, TimeSpan.FromSeconds(60), 400, FrameType.Dark));
        using var later = SimulatedFrame.Render(settings, new SimulatedExposure(9, TimeSpan.FromSeconds(60), 400, FrameType.Dark));
        using var bias = SimulatedFrame.Render(settings, new SimulatedExposure(9, TimeSpan.FromSeconds(60), 400, FrameType.Bias));

        Assert.That(Hot(one.Frame), Is.EqualTo(Hot(later.Frame)));
        Assert.That(Hot(one.Frame), Has.Count.InRange(70, 77)); // 320 × 240 / 1000, but for the few that are hardly warm or coincide
        Assert.That(Hot(bias.Frame), Is.Empty);
    }

    [Test]
    public void A_satellite_leaves_its_trail_where_the_truth_says()
    {
        using var frame = SimulatedFrame.Render(Plain with { Satellites = 1 }, FiveSeconds);
        using var clear = SimulatedFrame.Render(Plain, FiveSeconds);
        var trail = frame.Trail!;

        Assert.That(clear.Trail, Is.Null);
        var (strayed, faint) = (0, 0);
        for (var y = 0; y < 240; y++)
        {
            for (var x = 0; x < 320; x++)
            {
                var extra = (frame.Frame.Row(0, y)[x] - clear.Frame.Row(0, y)[x]) * 65535 * 0.2;
                strayed += trail.Distance(x, y) > 8 && extra != 0 ? 1 : 0;
                faint += trail.Distance(x, y) < 0.5 && clear.Frame.Row(0, y)[x] < 0.3 && extra < trail.PeakElectrons * 0.6 ? 1 : 0;
            }
        }
        Assert.That(strayed, Is.Zero);
        Assert.That(faint, Is.Zero);
    }

    [Test]
    public void Clouds_dim_the_stars_and_light_up_the_sky()
    {
        using var cloudy = SimulatedFrame.Render(Plain with { Clouds = 1 }, FiveSeconds);
        using var clear = SimulatedFrame.Render(Plain, FiveSeconds);

        Assert.That(cloudy.Cloudy, Is.True);
        Assert.That(Median(Adu(cloudy.Frame)), Is.GreaterThan(Median(Adu(clear.Frame)) * 1.02));
        var star = clear.Stars.First(star => star.PeakElectrons is > 500 and < 5000 && star.X is > 20 and < 300 && star.Y is > 20 and < 220);
        var (x, y) = ((int)Math.Round(star.X), (int)Math.Round(star.Y));
        Assert.That(cloudy.Frame.Row(0, y)[x], Is.LessThan(clear.Frame.Row(0, y)[x]));
    }

    [Test]
    public void A_flat_shows_the_vignetting_alone()
    {
        using var flat = SimulatedFrame.Render(Plain with { Vignetting = 0.4 }, FiveSeconds with { Type = FrameType.Flat, Iso = 100 });

        double Mean(int x0, int y0)
        {
            var sum = 0.0;
            for (var y = y0; y < y0 + 8; y++)
                for (var x = x0; x < x0 + 8; x++)
                    sum += (flat.Frame.Row(0, y)[x] * 65535) - 500;
            return sum / 64;
        }

        Assert.That(Mean(0, 0) / Mean(156, 116), Is.EqualTo(0.62).Within(0.01)); // the middle of the corner block is 4 pixels in
        Assert.That(Mean(312, 232) / Mean(0, 0), Is.EqualTo(1).Within(0.01));
    }

    [Test]
    public void A_star_s_width_is_the_one_asked_for([Values(1.8, 2.6, 4.0, 7.0)] double fwhm)
    {
        var spread = new PointSpread(fwhm);
        double Profile(double radius) => spread.Components.Sum(part => part.Share / (2 * Math.PI * part.Sigma * part.Sigma) * Math.Exp(-radius * radius / (2 * part.Sigma * part.Sigma)));

        Assert.That(Profile(fwhm / 2) / Profile(0), Is.EqualTo(0.5).Within(1e-9));
        Assert.That(Profile(0), Is.EqualTo(spread.Peak).Within(1e-12));
        Assert.That(spread.Components.Sum(part => part.Share), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void A_cancelled_rendering_stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.That(() => SimulatedFrame.Render(Plain, FiveSeconds, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static double[] Adu(Frame frame)
    {
        var samples = frame.Plane(0);
        var adu = new double[samples.Length];
        for (var i = 0; i < adu.Length; i++)
            adu[i] = Math.Round(samples[i] * 65535.0, 2);
        return adu;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static (double Mean, double Deviation) MeanAndDeviation(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }

    private static (double X, double Y, double Sum) Centroid(double[] adu, int width, double atX, double atY, double background, int radius)
    {
        var (sum, sumX, sumY) = (0.0, 0.0, 0.0);
        var (middleX, middleY) = ((int)Math.Round(atX), (int)Math.Round(atY));
        for (var y = middleY - radius; y <= middleY + radius; y++)
        {
            for (var x = middleX - radius; x <= middleX + radius; x++)
            {
                var light = adu[(y * width) + x] - background;
                (sum, sumX, sumY) = (sum + light, sumX + (light * x), sumY + (light * y));
            }
        }
        return (sumX / sum, sumY / sum, sum);
    }
}
