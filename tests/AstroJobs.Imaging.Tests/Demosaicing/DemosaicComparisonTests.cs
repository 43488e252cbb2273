using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Demosaicing;

/// <summary>Our ways from mosaic to colour beside those of dcraw_emu (Debian package libraw-bin) on scenes whose colours are known.</summary>
public sealed class DemosaicComparisonTests : FolderFixture
{
    private const int Full = 60000;
    private const float Sky = 0.1f;

    // dcraw_emu's numbers; the first is bilinear.
    private static readonly IReadOnlyDictionary<string, int> TheirMethods = new Dictionary<string, int>
    {
        ["linear"] = 0,
        ["VNG"] = 1,
        ["PPG"] = 2,
        ["AHD"] = 3,
        ["DCB"] = 4,
        ["DHT"] = 11,
        ["AAHD"] = 12,
    };

    private static readonly float[] Tint = [1.5f, 1, 0.6f];

    [Test]
    public void Bilinear_is_theirs_to_a_number([Values] BayerPattern pattern)
    {
        var random = new Random(1);
        using var mosaic = MadeMosaic.Of(pattern, 64, 48, (_, _, _) => random.NextSingle());
        using var theirs = Theirs(pattern, mosaic, "linear");
        using var ours = MadeMosaic.Demosaic(DemosaicMethod.Bilinear, pattern, mosaic);
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 1; y < 47; y++)
                Assert.That(theirs.Row(channel, y)[1..63].ToArray(), Is.EqualTo(ours.Row(channel, y)[1..63].ToArray()).Within(1.6 / Full), $"channel {channel}, row {y}");
        }
    }

    /// <summary>The figures behind the choice of a default: docs/benchmarks.md.</summary>
    [Test]
    public void Star_colours_are_kept_by_the_linear_methods_and_better_than_by_any_of_theirs()
    {
        var sky = new MadeSky(5, 400, 300, 60, faintest: 0.3, brightest: 4) { Fwhm = 3, Noise = 0.0002 };
        using var truth = sky.Draw(PixelMap.Identity);
        using var mosaic = MadeMosaic.Of(BayerPattern.Rggb, sky.Width, sky.Height, (x, y, channel) => Sky + ((truth.Row(0, y)[x] - Sky) * Tint[channel]));
        var stars = sky.Stars.Where(star => star.Flux > 0.6 && star.X is > 12 and < 380 && star.Y is > 12 and < 280).ToArray();
        double Worst(Frame colour) => new[] { 0, 2 }.Max(channel => Math.Abs(MapFit.Median([.. stars.Select(star =>
            MadeMosaic.Flux(colour, channel, star.X, star.Y, 6, Sky) / MadeMosaic.Flux(colour, 1, star.X, star.Y, 6, Sky))]) / Tint[channel] - 1));

        var ours = Ours(BayerPattern.Rggb, mosaic, Worst);
        var theirs = AllTheirs(BayerPattern.Rggb, mosaic, Worst);
        Tell("star colours off", ours, theirs);
        Assert.That(new[] { ours[DemosaicMethod.Bilinear], ours[DemosaicMethod.Malvar] }, Is.All.LessThan(0.005));
        Assert.That(ours[DemosaicMethod.Malvar], Is.LessThanOrEqualTo(theirs.Values.Min() + 0.001));
    }

    [Test]
    public void A_grey_zone_plate_is_drawn_as_well_as_by_their_best()
    {
        const int side = 200;
        var plate = MadeMosaic.ZonePlate(side);
        using var mosaic = MadeMosaic.Of(BayerPattern.Rggb, side, side, plate);
        double Off(Frame colour) => MadeMosaic.Error(colour, plate);

        var ours = Ours(BayerPattern.Rggb, mosaic, Off);
        var theirs = AllTheirs(BayerPattern.Rggb, mosaic, Off);
        Tell("zone plate rms", ours, theirs);
        Assert.That(ours[DemosaicMethod.Rcd], Is.LessThan(1.1 * theirs.Values.Min()));
        Assert.That(ours[DemosaicMethod.Malvar], Is.LessThan(ours[DemosaicMethod.Bilinear]));
    }

    private static Dictionary<DemosaicMethod, double> Ours(BayerPattern pattern, Frame mosaic, Func<Frame, double> judge) =>
        Enum.GetValues<DemosaicMethod>().ToDictionary(method => method, method =>
        {
            using var colour = MadeMosaic.Demosaic(method, pattern, mosaic);
            return judge(colour);
        });

    private Dictionary<string, double> AllTheirs(BayerPattern pattern, Frame mosaic, Func<Frame, double> judge) =>
        TheirMethods.Keys.ToDictionary(name => name, name =>
        {
            using var colour = Theirs(pattern, mosaic, name);
            return judge(colour);
        });

    /// <summary>Without white balance, colour matrix, curve or stretch.</summary>
    private Frame Theirs(BayerPattern pattern, Frame mosaic, string method)
    {
        var path = Folder.File($"{method}.dng");
        byte[] colours = [.. pattern.ToString().ToUpperInvariant().Select(letter => (byte)"RGB".IndexOf(letter, StringComparison.Ordinal))];
        var numbers = mosaic.Plane(0).ToArray();
        File.WriteAllBytes(path, new DngBuilder(mosaic.Width, mosaic.Height, (x, y) => (ushort)MathF.Round(numbers[(y * mosaic.Width) + x] * Full)) { Colours = colours }.Build());
        var number = TheirMethods[method].ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (exitCode, _) = OutsideProgram.Run("dcraw_emu", "-q", number, "-o", "0", "-4", "-c", "0", "-S", "65535", "-t", "0", "-r", "1", "1", "1", "1", "-T", path);
        Assert.That(exitCode, Is.Zero);
        var colour = ImageFile.Read(path + ".tiff");
        for (var channel = 0; channel < 3; channel++)
        {
            foreach (ref var sample in colour.Plane(channel))
                sample *= 65535f / Full;
        }
        return colour;
    }

    private static void Tell(string what, Dictionary<DemosaicMethod, double> ours, Dictionary<string, double> theirs) => TestContext.Out.WriteLine(
        $"{what}: ours {string.Join(", ", ours.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:0.0000}")))}; dcraw_emu {string.Join(", ", theirs.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:0.0000}")))}");
}
