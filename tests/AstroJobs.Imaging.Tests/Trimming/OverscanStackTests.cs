using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Trimming;

/// <summary>A made sensor of 13 columns of overscan before 128 of light, whose bias drifts from frame to frame and down the rows.</summary>
public sealed class OverscanStackTests : FolderFixture
{
    private const int Dark = 13; // odd: the mosaic begins elsewhere without it
    private const int Lit = 128;
    private const int Height = 95;
    private const int Sky = 9000;

    private static readonly double Even = Sky * Enumerable.Range(0, Lit).Average(Shade); // once the shading is evened

    [Test]
    public void The_drift_of_the_bias_is_taken_off_lights_darks_and_flats_alike()
    {
        var report = Stack(OverscanUse.Subtract);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That((report.Width, report.Height), Is.EqualTo((Lit, Height)));
            Assert.That(result.Plane(0).ToArray().Max(sample => Math.Abs((sample * 65535) - Even)), Is.LessThan(45), "the sky is even and as bright as it was");
            Assert.That(report.Notes, Has.Some.Contains("128 by 95 of 141 by 95 pixels of each frame were taken, from column 13 and row 0 on; the level of the overscan was taken off"));
            Assert.That(string.Concat(result.Metadata.History), Does.Contain("the level of the overscan was taken off"));
        });
    }

    [Test]
    public void Overscan_that_is_only_left_out_leaves_the_drift()
    {
        var report = Stack(OverscanUse.Trim);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That((report.Width, report.Height), Is.EqualTo((Lit, Height)));
            Assert.That(result.Plane(0).ToArray().Max(sample => Math.Abs((sample * 65535) - Even)), Is.GreaterThan(100));
        });
    }

    [Test]
    public void Colours_stay_in_their_place_when_an_odd_number_of_columns_goes()
    {
        var request = Request(OverscanUse.Trim, ["BAYERPAT= 'RGGB'", "ROWORDER= 'TOP-DOWN'"], red: 2) with { Calibration = null, Demosaic = DemosaicMethod.Bilinear };
        Stacker.Run(request);
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var (red, green, blue) = (Mean(result, 0), Mean(result, 1), Mean(result, 2));
        Assert.Multiple(() =>
        {
            Assert.That(result.Channels, Is.EqualTo(3));
            Assert.That((red - green) * 65535, Is.EqualTo(Sky).Within(10).Percent, "red is twice as bright");
            Assert.That((green - blue) * 65535, Is.EqualTo(0).Within(30));
        });
    }

    [Test]
    public void A_light_without_overscan_is_left_out_where_it_is_to_be_taken_off()
    {
        var request = Request(OverscanUse.Subtract);
        using (var plain = new Frame(Lit, Height, 1))
            ImageFile.Write(Folder.File("plain.fits"), plain, SampleFormat.UInt16);
        var report = Stacker.Run(request with { Inputs = [.. request.Inputs, new StackInput(Folder.File("plain.fits"))] });
        Assert.That(report.LeftOut.Single().Reason, Does.Contain("BIASSEC"));
    }

    private static double Mean(Frame frame, int channel) => frame.Plane(channel).ToArray().Average(sample => (double)sample);

    private static double Shade(int x) => 1 - (0.3 * Math.Abs(x - (Lit / 2)) / Lit);

    /// <param name="light">Of a pixel of the lit part.</param>
    /// <param name="drift">Of this frame's bias, from its top to its bottom.</param>
    private string Save(string name, Func<int, int, double> light, int drift, string[] cards)
    {
        var random = new Random(name.Sum(letter => letter));
        var numbers = new double[(Dark + Lit) * Height];
        for (var i = 0; i < numbers.Length; i++)
        {
            var (x, y) = (i % (Dark + Lit), i / (Dark + Lit));
            var bias = 1000 + drift + (drift * 2.0 * y / Height) + (10 * (random.NextDouble() - 0.5));
            numbers[i] = Math.Round(bias + (x < Dark ? 0 : light(x - Dark, y))) - 32768;
        }
        File.WriteAllBytes(Folder.File(name), FitsBuilder.Build(
            16, [Dark + Lit, Height], numbers, ["BZERO   = 32768", $"TRIMSEC = '[{Dark + 1}:{Dark + Lit},1:{Height}]'", $"BIASSEC = '[1:{Dark},1:{Height}]'", .. cards]));
        return Folder.File(name);
    }

    private StackReport Stack(OverscanUse overscan) => Stacker.Run(Request(overscan));

    private StackRequest Request(OverscanUse overscan, string[]? cards = null, double red = 1) => new()
    {
        Inputs = [.. Enumerable.Range(0, 4).Select(i => new StackInput(Save($"light{i}.fits", (x, y) => Sky * Shade(x) * (x % 2 == Dark % 2 && y % 2 == 0 ? red : 1), 60 * i, cards ?? [])))],
        Alignment = StackAlignment.None,
        Trim = new TrimRequest(overscan),
        Normalization = StackNormalization.None,
        Calibration = new CalibrationRequest
        {
            Dark = [.. Enumerable.Range(0, 3).Select(i => Save($"dark{i}.fits", (_, _) => 0, 25 * i, []))],
            Flat = [.. Enumerable.Range(0, 3).Select(i => Save($"flat{i}.fits", (x, _) => 30000 * Shade(x), 40 * i, []))],
            DarkFlat = [.. Enumerable.Range(0, 3).Select(i => Save($"darkflat{i}.fits", (_, _) => 0, 15 * i, []))],
            Cosmetic = CosmeticCorrection.None,
            CacheFolder = Folder.File("cache"),
        },
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 16 << 20,
    };
}
