using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class MappedResamplerTests
{
    private const int Size = 200;

    [Test]
    public void Straight_places_give_what_the_straight_resampler_gives()
    {
        var random = new Random(1);
        var source = Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle()).ToArray();
        var map = PixelMap.Similarity(0.999, 0.03, 4.2, -7.7, mirrored: false);
        var (window, bounds) = Window(source);
        var row = new float[Size];
        var straight = new float[Size];
        foreach (var y in new[] { 0, 57, Size - 1 })
        {
            Draw(ResamplingKernel.Lanczos4, window, bounds, FrameMap.Of(map.Inverse(), TransformModel.Similarity), y, row);
            Resampler.Row(window, bounds, map, 0, y, Size, Size, new RingGuard(1), straight);
            for (var x = 0; x < Size; x++)
                Assert.That(row[x], Is.EqualTo(straight[x]).Within(2e-3).Or.NaN); // a phase may round the other way
        }
    }

    [TestCase(ResamplingKernel.Lanczos4, 0.0015)]
    [TestCase(ResamplingKernel.Lanczos3, 0.002)]
    [TestCase(ResamplingKernel.Bicubic, 0.003)]
    [TestCase(ResamplingKernel.Bilinear, 0.02)]
    [TestCase(ResamplingKernel.Nearest, 0.11)]
    public void A_smooth_sky_is_drawn_as_well_as_the_kernel_can(ResamplingKernel kernel, double tolerance)
    {
        var bend = new LensBend(3, Size / 2.0, Size / 2.0, Size / 2.0, [0.003, 0, 0, -0.008, 0, -0.008, 0], [0, 0.003, 0, 0, -0.008, 0, -0.008]);
        var map = new FrameMap(PixelMap.Similarity(1, 0.05, 3, -8, mirrored: false), bend, TransformModel.Distortion);
        var source = new float[Size * Size];
        for (var i = 0; i < source.Length; i++)
            source[i] = (float)Wave(i % Size, i / Size);
        var result = Resample(kernel, source, map);
        var (worst, compared) = (0.0, 0);
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y) = map.ToFrame(i % Size, i / Size);
            if (x is < 5 or > Size - 6 || y is < 5 or > Size - 6)
                continue;
            worst = Math.Max(worst, Math.Abs(result[i] - Wave(x, y)));
            compared++;
        }
        Assert.That(compared, Is.GreaterThan(Size * Size / 2));
        Assert.That(worst, Is.LessThan(tolerance));
    }

    [Test]
    public void A_frame_that_is_resampled_and_resampled_back_returns([Values(0.0, 0.3, 1)] double bent)
    {
        var bend = new LensBend(3, Size / 2.0, Size / 2.0, Size / 2.0, [0.01 * bent, 0, 0, -0.03 * bent, 0, -0.03 * bent, 0], [0, 0.01 * bent, 0, 0, -0.03 * bent, 0, -0.03 * bent]);
        var map = new FrameMap(PixelMap.Similarity(1, 0.05, 3, -8, mirrored: false), bend, TransformModel.Distortion);
        var source = new float[Size * Size];
        for (var i = 0; i < source.Length; i++)
            source[i] = (float)Wave(i % Size, i / Size);
        var there = Resample(ResamplingKernel.Lanczos4, source, map);
        // Back: where a pixel of the frame lies on the result.
        var (window, bounds) = Window(there);
        var back = new float[Size];
        var (worst, compared) = (0.0, 0);
        for (var y = 0; y < Size; y++)
        {
            var (columns, rows) = (new double[Size], new double[Size]);
            for (var x = 0; x < Size; x++)
                (columns[x], rows[x]) = map.ToReference(x, y);
            MappedResampler.Row(ResamplingKernel.Lanczos4, window, bounds, columns, rows, Size, Size, new RingGuard(1), back);
            for (var x = 0; x < Size; x++)
            {
                if (columns[x] is < 12 or > Size - 13 || rows[x] is < 12 or > Size - 13 || x is < 12 or > Size - 13 || y is < 12 or > Size - 13)
                    continue;
                worst = Math.Max(worst, Math.Abs(back[x] - source[(y * Size) + x]));
                compared++;
            }
        }
        Assert.That(compared, Is.GreaterThan(Size * Size / 2));
        Assert.That(worst, Is.LessThan(0.002));
    }

    [Test]
    public void The_places_of_a_bent_row_do_not_depend_on_where_it_begins()
    {
        var bend = new LensBend(2, 50, 50, 100, [0.02, 0.01, 0], [0, 0.01, 0.02]);
        var map = new FrameMap(PixelMap.Similarity(1, 0.02, 3, 1, mirrored: false), bend, TransformModel.Distortion);
        double[] x = new double[60], y = new double[60], laterX = new double[37], laterY = new double[37];
        SourcePath.Fill(map, -13, 7, x, y);
        SourcePath.Fill(map, 10, 7, laterX, laterY);
        Assert.That(laterX, Is.EqualTo(x[23..]));
        Assert.That(laterY, Is.EqualTo(y[23..]));
        for (var i = 0; i < x.Length; i++)
        {
            var (sx, sy) = map.ToFrame(i - 13, 7);
            Assert.That(Math.Abs(sx - x[i]) + Math.Abs(sy - y[i]), Is.LessThan(0.005));
        }
    }

    [Test]
    public void A_missing_pixel_is_missed_only_where_it_is([Values] ResamplingKernel kernel)
    {
        var source = new float[Size * Size];
        Array.Fill(source, 0.4f);
        source[(100 * Size) + 100] = float.NaN;
        var result = Resample(kernel, source, FrameMap.Of(new PixelMap(1, 0, 0.5, 0, 1, 0.5), TransformModel.Shift));
        var inside = result.Where((_, i) => i % Size > 0 && i / Size > 0).ToArray();
        Assert.That(inside.Count(float.IsNaN), Is.EqualTo(kernel == ResamplingKernel.Nearest ? 1 : 4));
        Assert.That(inside.Where(value => !float.IsNaN(value)), Is.All.EqualTo(0.4f).Within(1e-6));
    }

    private static double Wave(double x, double y) => 0.5 + (0.3 * Math.Sin(x / 4) * Math.Cos(y / 5));

    private static (float[] Window, WindowBounds Bounds) Window(float[] source)
    {
        var bounds = new WindowBounds(-8, -8, Size + 16, Size + 16);
        var window = new float[bounds.Samples];
        for (var y = 0; y < bounds.Height; y++)
        {
            for (var x = 0; x < bounds.Width; x++)
                window[(y * bounds.Width) + x] = source[(Math.Clamp(y - 8, 0, Size - 1) * Size) + Math.Clamp(x - 8, 0, Size - 1)];
        }
        return (window, bounds);
    }

    private static void Draw(ResamplingKernel kernel, float[] window, WindowBounds bounds, FrameMap map, int y, float[] row)
    {
        var (columns, rows) = (new double[row.Length], new double[row.Length]);
        SourcePath.Fill(map, 0, y, columns, rows);
        MappedResampler.Row(kernel, window, bounds, columns, rows, Size, Size, new RingGuard(1), row);
    }

    private static float[] Resample(ResamplingKernel kernel, float[] source, FrameMap map)
    {
        var (window, bounds) = Window(source);
        var result = new float[Size * Size];
        var row = new float[Size];
        for (var y = 0; y < Size; y++)
        {
            Draw(kernel, window, bounds, map, y, row);
            row.CopyTo(result, y * Size);
        }
        return result;
    }
}
