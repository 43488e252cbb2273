using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Cli.Tests.Extracts;

/// <summary>Pictures of known pointing through the published program and the real astrometry.net (Debian: astrometry.net, astrometry-data-tycho2-10-19).</summary>
public sealed class SolvingTests : GalleryFixture
{
    [TestCase("orion.fits", 83.9, -3.2, 12, 0, false, SampleFormat.UInt16)]
    [TestCase("cygnus.jpg", 305, 40, 25, 40, false, SampleFormat.UInt8)]
    [TestCase("pole.png", 30, 89.3, 8, -100, false, SampleFormat.UInt16)]
    [TestCase("south.tif", 120, -88.5, 15, 170, false, SampleFormat.UInt16)]
    [TestCase("zero.fits", 0.01, 10, 5, 5, false, SampleFormat.UInt8)]
    [TestCase("mirror.fits", 270, -25, 40, 30, true, SampleFormat.UInt16)]
    [TestCase("mirror.png", 350, 60, 20, -60, true, SampleFormat.UInt8)]
    [TestCase("sparse.tif", 192, 27, 6, 90, false, SampleFormat.Float32)]
    public void A_picture_is_found_in_the_sky(string name, double ra, double dec, double width, double angle, bool mirrored, SampleFormat depth)
    {
        var picture = Gallery.Draw(name, ra, dec, width, angle, mirrored, depth);
        Gallery.AssertSolved(Gallery.Look("--image", picture, "--no-pictures"), ra, dec, width, angle, mirrored);
    }

    [Test]
    public void The_old_callers_command_line_works_word_for_word()
    {
        var picture = Gallery.Draw("it's a \"night\".fits", 83.9, -3.2, 12);

        // As the callers of astro_jobs_cli.py write it, and read it.
        var submitted = Gallery.Store.Run("submit", "--image", picture, "--scale-low", "10", "--scale-high", "15", "--downsample", "2", "--timeout", "600");
        Assert.That(submitted.ExitCode, Is.Zero, submitted.Output + submitted.Error);
        Assert.That(submitted.Json.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(Gallery.Store.Wait(submitted.JobId!).ExitCode, Is.Zero);
        Assert.That(Gallery.Store.Run("status", "--job-id", submitted.JobId!).State, Is.EqualTo("done"));
        var result = Gallery.Store.Run("result", "--job-id", submitted.JobId!).Json;

        Assert.That(result.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(result.GetProperty("filename").GetString(), Is.EqualTo("it's a \"night\".fits"));
        Assert.That(result.GetProperty("image_path").GetString(), Is.EqualTo(picture));
        Assert.That(result.GetProperty("capture").GetProperty("image_width").GetInt32(), Is.EqualTo(800));
        Gallery.AssertSolved(result, 83.9, -3.2, 12, 0, mirrored: false);
        var astrometry = result.GetProperty("astrometry");
        Assert.That(astrometry.GetProperty("cd_matrix").EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "CD1_1", "CD1_2", "CD2_1", "CD2_2" }));
        Assert.That(astrometry.GetProperty("objects").EnumerateArray().Select(thing => thing.GetProperty("raw").GetString()), Does.Contain("M 42 / NGC 1976 / Orion Nebula"));
        Assert.That(Directory.GetFiles(Path.Combine(Gallery.Store.Folder(submitted.JobId!), "input")).Select(Path.GetFileName), Is.EqualTo(new[] { "it's a \"night\".fits" }));
    }

    [Test]
    public void Stars_objects_and_pictures_come_with_the_solution()
    {
        var id = Gallery.Submit("extract", Gallery.Draw("orion.jpg", 83.9, -3.2, 12, depth: SampleFormat.UInt8, told: true));
        Assert.That(Gallery.Store.Wait(id).ExitCode, Is.Zero);
        var result = Gallery.Store.Run("result", id).Json;
        var output = Path.Combine(Gallery.Store.Folder(id), "output");

        var stars = result.GetProperty("stars");
        Assert.That(stars.GetProperty("count").GetInt32(), Is.GreaterThan(100));
        Assert.That(stars.GetProperty("fwhm_px").GetDouble(), Is.InRange(2, 5));
        Assert.That(stars.GetProperty("matched").GetInt32(), Is.GreaterThan(50));
        var lines = File.ReadAllLines(Path.Combine(output, "stars.csv"));
        Assert.That(lines, Has.Length.EqualTo(stars.GetProperty("count").GetInt32() + 1));
        Assert.That(lines.Select(line => line.Split(',').Length), Is.All.EqualTo(13));

        var objects = result.GetProperty("objects").EnumerateArray().ToArray();
        Assert.That(objects.Select(thing => thing.GetProperty("sep_arcmin").GetDouble()), Is.Ordered);
        var nebula = objects.Single(thing => thing.GetProperty("id").GetString() == "M 42");
        var truth = Wcs.Looking(new SkyPosition(83.9, -3.2), 399.5, 299.5, 3600 * 2 * double.RadiansToDegrees(Math.Tan(double.DegreesToRadians(6))) / 800);
        Assert.That(truth.TryToPixel(new SkyPosition(nebula.GetProperty("ra_deg").GetDouble(), nebula.GetProperty("dec_deg").GetDouble()), out var x, out var y));
        Assert.That((nebula.GetProperty("x").GetDouble(), nebula.GetProperty("y").GetDouble()), Is.EqualTo((x, y)).Using<(double X, double Y)>((a, b) => double.Hypot(a.X - b.X, a.Y - b.Y) < 1));
        Assert.That(objects.Select(thing => thing.GetProperty("name").GetString()), Is.SupersetOf(new[] { "Alnilam", "Mintaka", "Alnitak" }));
        Assert.That(result.GetProperty("astrometry").GetProperty("constellation").GetString(), Is.EqualTo("Orion"));
        Assert.That(result.GetProperty("attempts")[0].GetProperty("assuming").GetString(), Does.Contain("focal length"));

        foreach (var name in (string[])["annotated.png", "preview.jpg", "solved.fits"])
        {
            using var picture = ImageFile.Read(Path.Combine(output, name));
            Assert.That((picture.Width, picture.Height), Is.EqualTo((800, 600)), name);
        }
        var wcs = WcsHeader.TryRead(FitsHeader.ReadFile(Path.Combine(output, "solved.fits")), 800, 600)!;
        Assert.That(wcs.ToSky(399.5, 299.5).SeparationDeg(new SkyPosition(83.9, -3.2)) * 60, Is.LessThan(1), "arcminutes");
    }

    [Test]
    public void The_picture_of_another_job_is_taken()
    {
        var burst = Gallery.Submit("burst", "--count", "2", "--exposure", "5", "--instant", "--size", "800x600");
        var stack = Gallery.Submit("stack", "--from-job", burst);
        var result = Gallery.Look("--from-job", stack, "--no-pictures");

        Assert.That(result.GetProperty("filename").GetString(), Is.EqualTo("stack.fits"));
        Assert.That(result.GetProperty("capture").GetProperty("stack_count").GetInt32(), Is.EqualTo(2));
        Assert.That(result.GetProperty("astrometry").GetProperty("constellation").GetString(), Is.EqualTo("Orion"));
    }

    [Test]
    public void A_batch_looks_at_many()
    {
        var first = Gallery.Draw("a.png", 305, 40, 25);
        var second = Gallery.Draw("b.png", 192, 27, 8);
        File.WriteAllLines(Gallery.File("requests"), [$$"""{"kind":"extract","image":"{{first}}","pictures":null}""", $$"""{"kind":"extract","image":"{{second}}","no_pictures":true,"scale_low":5}"""]);
        var said = Gallery.Store.Run("submit", "--batch", Gallery.File("requests"));
        Assert.That(said.Output, Does.Contain("'pictures' is nothing that extract takes"));
        var id = System.Text.Json.JsonDocument.Parse(said.Output.Split('\n')[1]).RootElement.GetProperty("job_id").GetString()!;
        Assert.That(Gallery.Store.Wait(id).ExitCode, Is.Zero);
        Gallery.AssertSolved(Gallery.Store.Run("result", id).Json, 192, 27, 8, 0, mirrored: false);
    }
}
