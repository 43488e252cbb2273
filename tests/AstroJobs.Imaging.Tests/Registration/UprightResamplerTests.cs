using AstroJobs.Imaging.Registration;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class UprightResamplerTests : LanczosContract
{
    [TestCase(0.5, 0.5, 0)]
    [TestCase(12.3, -7.8, 0.3)]
    [TestCase(-3.3, 2.2, -1.2)]
    [TestCase(5.3, -2.2, 3)]
    [TestCase(-12.3, 8.2, -5.7)]
    public void A_smooth_sky_is_drawn_to_a_thousandth(double dx, double dy, double degrees) =>
        AssertSmoothSkyIsDrawnToAThousandth(Turn(dx, dy, degrees), leastCompared: Size * Size * 3 / 4);

    [TestCase(0.37, -0.81, 0)]
    [TestCase(5.13, 4.4, 0.5)]
    [TestCase(-20.2, 30.9, -1.2)]
    [TestCase(5.3, -2.2, 3)]
    [TestCase(-12.3, 8.2, -5.7)]
    public void Stars_come_out_as_by_the_sixty_four_taps_at_once(double dx, double dy, double degrees)
    {
        using var frame = new MadeSky(4, Size, Size, 60) { Fwhm = 2.5, Noise = 0 }.Draw(PixelMap.Identity);
        var map = Turn(dx, dy, degrees);
        var (one, other) = (Resample(frame.Plane(0), map, new RingGuard(1)), ResamplerTests.SixtyFourTaps(frame.Plane(0), map, new RingGuard(1)));
        var brightest = other.Where(float.IsFinite).Max();
        for (var i = 0; i < one.Length; i++)
        {
            // The phases of the one are right to a thousandth of a pixel, of the other to a five-hundredth; kernels of a turned grid are sheared a little.
            if (float.IsNaN(one[i]) != float.IsNaN(other[i]) || Math.Abs(one[i] - other[i]) > 0.01 * brightest)
                Assert.Fail($"at {i % Size}, {i / Size}: {one[i]} and {other[i]}");
        }
    }

    [TestCase(0, 0)]
    [TestCase(7, -5)]
    public void Whole_pixels_come_out_as_they_went_in(int dx, int dy)
    {
        var random = new Random(2);
        var source = Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle()).ToArray();
        var result = Resample(source, new PixelMap(1, 0, dx, 0, 1, dy));
        for (var y = 20; y < Size - 20; y++)
        {
            for (var x = 20; x < Size - 20; x++)
                Assert.That(result[(y * Size) + x], Is.EqualTo(source[((y + dy) * Size) + x + dx]).Within(1e-4), $"{x}, {y}");
        }
    }

    [Test]
    public void A_flat_sky_stays_flat()
    {
        var source = new float[Size * Size];
        Array.Fill(source, 0.4f);
        Assert.That(Resample(source, Turn(3.3, -4.1, 0.7)).Where(value => !float.IsNaN(value)), Is.All.EqualTo(0.4f).Within(1e-6));
    }

    [TestCase(0.8)]
    [TestCase(-4.8)]
    public void Tiles_of_any_width_join_without_a_seam(double degrees)
    {
        using var frame = new MadeSky(7, Size, Size, 40).Draw(PixelMap.Identity);
        var map = Turn(2.3, -1.7, degrees);
        Assert.That(InTiles(frame.Plane(0), map, default, 64), Is.EqualTo(InTiles(frame.Plane(0), map, default, Size)));
    }

    [TestCase(0.8, 4)]
    [TestCase(-1.9, 4)]
    [TestCase(-4.8, 1)]
    public void Rows_that_share_their_weights_come_out_as_each_alone(double degrees, int lines)
    {
        using var frame = new MadeSky(7, Size, Size, 40).Draw(PixelMap.Identity);
        var map = Turn(2.3, -1.7, degrees);
        Assert.That(UprightMap.Of(map)?.Lines, Is.EqualTo(lines));
        Assert.That(InTiles(frame.Plane(0), map, default, Size, mostLines: 1), Is.EqualTo(InTiles(frame.Plane(0), map, default, Size)));
        Assert.That(InTiles(frame.Plane(0), map, default, Size, mostLines: 3), Is.EqualTo(InTiles(frame.Plane(0), map, default, Size)));
    }

    [Test]
    public void Channels_that_share_their_weights_come_out_as_each_alone()
    {
        const int stride = 64;
        const int rows = 40;
        var random = new Random(5);
        var map = UprightMap.Of(Turn(0, 4.37, 0.6))!.Value;
        var planes = Enumerable.Range(0, 3 * rows * stride).Select(_ => random.NextSingle()).ToArray();
        var (together, alone) = (new float[3 * stride], new float[stride]);
        UprightResampler.Rows(new StraightenedRows(planes, 3, stride, 0), map, 0, 10, [(3, 61)], new RingGuard(0.1f), together);
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = new StraightenedRows(planes.AsSpan(channel * rows * stride, rows * stride), 1, stride, 0);
            UprightResampler.Rows(plane, map, 0, 10, [(3, 61)], new RingGuard(0.1f), alone);
            Assert.That(together.AsSpan(channel * stride, stride).ToArray(), Is.EqualTo(alone));
        }
        Assert.That(alone.Count(float.IsNaN), Is.EqualTo(6));
    }

    [TestCase(0.985)]
    [TestCase(1.015)]
    public void A_sky_that_is_a_little_larger_or_smaller_is_drawn_to_a_thousandth(double scale) =>
        AssertSmoothSkyIsDrawnToAThousandth(PixelMap.Similarity(scale, 0.02, 3.3, -1.2, mirrored: false), leastCompared: Size * Size * 3 / 4);

    [TestCase(6, 1)] // degrees, scale
    [TestCase(0, 1.03)]
    [TestCase(180, 1)]
    public void What_turns_or_magnifies_goes_another_way(double degrees, double scale)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        Assert.That(UprightMap.Of(PixelMap.Similarity(scale * cosine, scale * sine, 0, 0, mirrored: false)), Is.Null);
    }

    [TestCase(1, -0.2, 0, 1, 0)]
    [TestCase(1, 0.2, 0, 1, 0)]
    [TestCase(1, 0, -0.2, 1, 0)]
    [TestCase(1, 0, 0.2, 1, 0)]
    [TestCase(1.05, 0, 0, 1, 0)]
    [TestCase(1, 0, 0, 1.05, 0)]
    [TestCase(1, 0, 0, 1, 1e-6)]
    public void So_does_what_is_sheared_stretched_or_tilted(double a, double b, double d, double e, double g) =>
        Assert.That(UprightMap.Of(new PixelMap(a, b, 0, d, e, 0, g, 0)), Is.Null);

    [Test]
    public void So_does_what_is_bent_and_an_upside_down_frame_is_told()
    {
        var bend = new LensBend(2, 50, 40, 50, [0.02, 0, 0], [0, 0.01, 0]);
        Assert.That(UprightMap.Of(new FrameMap(PixelMap.Identity, bend, TransformModel.Similarity), 100, 80), Is.Null);
        Assert.That(UprightMap.Of(FrameMap.Of(PixelMap.Identity, TransformModel.Shift), 100, 80)?.IsUpsideDown, Is.False);
        var turned = UprightMap.Of(FrameMap.Of(PixelMap.Similarity(-1, 0, 99, 79, mirrored: false), TransformModel.Similarity), 100, 80);
        Assert.That((turned?.IsUpsideDown, turned?.Map), Is.EqualTo((true, PixelMap.Identity)), "turned about its middle it lies as the reference");
    }

    [TestCase(0, 0)]
    [TestCase(3, -4)]
    public void A_pixel_without_data_takes_no_whole_pixel_beside_it_along(int dx, int dy)
    {
        var source = Enumerable.Repeat(0.3f, Size * Size).ToArray();
        source[(50 * Size) + 60] = float.NaN;
        var result = Resample(source, new PixelMap(1, 0, dx, 0, 1, dy));
        for (var y = 20; y < Size - 20; y++)
        {
            for (var x = 20; x < Size - 20; x++)
                Assert.That(float.IsNaN(result[(y * Size) + x]), Is.EqualTo((x + dx, y + dy) == (60, 50)), $"{x}, {y}");
        }
    }

    private protected override float[] Resample(ReadOnlySpan<float> source, PixelMap map, RingGuard guard = default) => InTiles(source, map, guard, Size);

    private static float[] InTiles(ReadOnlySpan<float> source, PixelMap fromReference, RingGuard guard, int tile, int mostLines = UprightMap.MostLines)
    {
        const int margin = UprightResampler.Margin;
        const int halo = 8;
        const int rows = Size + (2 * halo);
        var map = UprightMap.Of(fromReference)!.Value;
        var result = new float[Size * Size];
        var padded = new float[Size + (2 * margin)];
        for (var left = 0; left < Size; left += tile)
        {
            var width = Math.Min(tile, Size - left);
            var stride = (width + 7) / 8 * 8;
            var (straightened, drawn) = (new float[rows * stride], new float[UprightMap.MostLines * stride]);
            for (var v = -halo; v < Size + halo; v++)
            {
                for (var x = 0; x < padded.Length; x++)
                    padded[x] = source[(Math.Clamp(v, 0, Size - 1) * Size) + Math.Clamp(x - margin, 0, Size - 1)];
                var (from, to) = map.Needed(left, width, 0, Size, v);
                UprightResampler.Straighten(padded, map, v, left + from, guard, straightened.AsSpan(((v + halo) * stride) + from, to - from));
            }
            for (var y = 0; y < Size;)
            {
                var lines = Enumerable.Range(y, Math.Min(mostLines, Math.Min(map.Lines - (y % map.Lines), Size - y))).Select(line => map.Inside(left, width, line, Size, Size)).ToArray();
                UprightResampler.Rows(new StraightenedRows(straightened, 1, stride, -halo), map, left, y, lines, guard, drawn.AsSpan(0, lines.Length * stride));
                for (var i = 0; i < lines.Length; i++)
                    drawn.AsSpan(i * stride, width).CopyTo(result.AsSpan(((y + i) * Size) + left));
                y += lines.Length;
            }
        }
        return result;
    }
}
