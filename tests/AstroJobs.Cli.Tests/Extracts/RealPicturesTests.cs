using System.Text.Json;
using AstroJobs.Kinds.Sky;
using AstroJobs.Testing;

namespace AstroJobs.Cli.Tests.Extracts;

/// <summary>Pictures of real cameras whose places are known: ../shared/data, where it is there.</summary>
public sealed class RealPicturesTests : GalleryFixture
{
    [SetUp]
    public void NeedsTheFrames()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not on this machine.");
    }

    /// <summary>A lens of 24 mm, trails of a minute, clouds, a tower with lamps, trees; the file tells the pixels of a larger picture. Places and widths as solve-field alone finds them.</summary>
    [TestCase("4J7A6511.jpg", 257.36, -45.02)]
    [TestCase("4J7A6519.jpg", 259.84, -45.02, "--scale-low", "65", "--scale-high", "85")] // by its lens alone too, after a minute
    public void A_landscape_with_trails_is_found(string name, double ra, double dec, params string[] hints)
    {
        var result = Solve(["--image", TestData.Path("startrails-jpeg", name), "--no-pictures", .. hints]);
        var astrometry = result.GetProperty("astrometry");
        Assert.That(Place(astrometry).SeparationDeg(new SkyPosition(ra, dec)), Is.LessThan(0.2), "degrees");
        Assert.That(astrometry.GetProperty("fov_deg")[0].GetDouble(), Is.EqualTo(73.7).Within(1.5), "36 mm behind 24 mm");
        Assert.That(astrometry.GetProperty("parity").GetString(), Is.EqualTo("pos"));
        Assert.That(astrometry.GetProperty("constellations").EnumerateArray().Select(constellation => constellation.GetString()), Does.Contain("Scorpius"));
    }

    [Test]
    public void A_mosaic_of_a_survey_is_found_with_nothing_known()
    {
        var astrometry = Solve("--image", TestData.Path("solve", "panoptes-unsolved.fits"), "--no-pictures").GetProperty("astrometry");
        Assert.That(Place(astrometry).SeparationDeg(new SkyPosition(303.2110, 46.0195)) * 60, Is.LessThan(0.5), "arcminutes");
        Assert.That(astrometry.GetProperty("fov_deg")[0].GetDouble(), Is.EqualTo(2.003).Within(0.2).Percent);
        Assert.That(astrometry.GetProperty("orientation_deg").GetDouble(), Is.EqualTo(89.5).Within(0.5));
    }

    /// <summary>Half a degree across, and index files from a degree upwards: no search leads anywhere, and the stack says its scale.</summary>
    [Test]
    public void A_stack_too_narrow_for_the_index_files_says_which_it_needs()
    {
        var stack = Gallery.Submit(["stack", .. Directory.GetFiles(TestData.Path("m27-osc-fits"), "*.fits")]);
        var id = Gallery.Submit("extract", "--from-job", stack, "--index-dir", WideIndexFiles(), "--timeout", "5", "--no-pictures");
        Ended(id);
        var result = Gallery.Store.Run("result", id).Json;

        Assert.That(result.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("not_solved"));
        Assert.That(result.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("0.54° wide").And.Contain("index-4107").And.Contain("astrometry-data-tycho2-07"));
        Assert.That(result.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("assuming").GetString()), Is.EqualTo(new[] { "nothing known" }));
        var capture = result.GetProperty("capture");
        Assert.That((capture.GetProperty("focal_length_mm").GetDouble(), capture.GetProperty("pixel_size_um").GetDouble(), capture.GetProperty("stack_count").GetInt32()), Is.EqualTo((510, 3.75, 6)));
    }

    /// <summary>Those of Debian's astrometry-data-tycho2-10-19, whatever else is installed.</summary>
    private string WideIndexFiles()
    {
        var folder = Directory.CreateDirectory(Gallery.File("wide")).FullName;
        foreach (var path in Directory.GetFiles("/usr/share/astrometry", "index-tycho2-1*.fits"))
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(path)), path);
        return folder;
    }

    private static SkyPosition Place(JsonElement astrometry) => new(astrometry.GetProperty("ra_center").GetDouble(), astrometry.GetProperty("dec_center").GetDouble());

    private JsonElement Solve(params string[] arguments)
    {
        var id = Gallery.Submit(arguments);
        Ended(id);
        var said = Gallery.Store.Run("result", id);
        Assert.That(said.ExitCode, Is.Zero, said.Output);
        return said.Json;
    }

    /// <summary>On a machine that does ten other things the quick attempts may all run out of time: then those at length solve.</summary>
    private void Ended(string id) => CallerStore.Eventually(() => Gallery.Store.StoredState(id) is "done" or "error", "the job ends", seconds: 600);
}
