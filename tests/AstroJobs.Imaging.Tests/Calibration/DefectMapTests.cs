using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Calibration;

/// <summary>Made darks of which it is known which pixels stand out: noise of 0.001 about 0.1, cut at four sigmas.</summary>
public sealed class DefectMapTests : FolderFixture
{
    private const int Width = 100;
    private const int Height = 80;
    private const int Pixels = Width * Height;
    private const double Sigma = 0.001;

    [Test]
    public void Hot_and_cold_pixels_of_every_channel_are_listed_and_nothing_else()
    {
        using var dark = MadeDark();
        int[] hot = [0, 457, Pixels + 99, (2 * Pixels) + 5000, (3 * Pixels) - 1];
        int[] cold = [300, Pixels, (2 * Pixels) + 4999];
        foreach (var place in hot)
            At(dark, place) = (float)(0.1 + (7 * Sigma));
        foreach (var place in cold)
            At(dark, place) = (float)(0.1 - (7 * Sigma));

        Assert.That(Find(dark), Is.EqualTo(hot.Concat(cold).Order()));
    }

    /// <summary>The dark itself is better for what is warm everywhere: no more than a half per cent at either end are taken for defects.</summary>
    [Test]
    public void Of_many_warm_pixels_the_warmest_are_listed([Values(1, -1)] int sign)
    {
        using var dark = MadeDark();
        const int warm = 3 * Pixels / 40;
        for (var i = 0; i < warm; i++)
            At(dark, i * 40) = (float)(0.1 + (sign * (0.02 + (i * 1e-4))));

        var found = Find(dark);

        Assert.That(found, Has.Length.EqualTo(3 * Pixels / 200).Within(2));
        Assert.That(found, Is.EqualTo(Enumerable.Range(warm - found.Length, found.Length).Select(static i => i * 40)));
    }

    [Test]
    public void A_dark_of_one_level_has_none()
    {
        using var dark = new Frame(Width, Height, 3);
        for (var channel = 0; channel < 3; channel++)
            dark.Plane(channel).Fill(0.1f);
        Assert.That(Find(dark), Is.Empty);
    }

    private int[] Find(Frame dark)
    {
        ImageFile.Write(Folder.File("dark.fits"), dark, SampleFormat.Float32);
        FrameInfo info;
        using (var reader = ImageFile.Open(Folder.File("dark.fits")))
            info = reader.Info;
        using var master = new Master(MasterKind.Dark, "dark", info, new FileStore(Folder.File("dark.fits"), info, new OpenFiles(1)), null!);
        return DefectMap.Find(master);
    }

    private static ref float At(Frame dark, int place) => ref dark.Plane(place / Pixels)[place % Pixels];

    private static Frame MadeDark()
    {
        var random = new Random(11);
        var dark = new Frame(Width, Height, 3);
        for (var place = 0; place < 3 * Pixels; place++)
        {
            var gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            At(dark, place) = (float)(0.1 + (Sigma * Math.Clamp(gauss, -4, 4)));
        }
        return dark;
    }
}
