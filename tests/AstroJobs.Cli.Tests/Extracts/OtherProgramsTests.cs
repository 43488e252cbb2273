using AstroJobs.Kinds.Sky;

namespace AstroJobs.Cli.Tests.Extracts;

/// <summary>Programs in our place: ASTRO_EXTRACT_BIN, and ASTAP as the solver.</summary>
public sealed class OtherProgramsTests : GalleryFixture
{
    [Test]
    public void Another_extractor_gets_the_options_and_its_JSON_is_the_result()
    {
        Extractor("""
            echo "looking at $2" >&2
            printf '{"ok":true,"filename":"x","arguments":"%s"}' "$*"
            """);
        var picture = Gallery.Draw("a picture.fits", 10, 10, 10);
        var id = Gallery.Submit("--image", picture, "--scale-low", "1", "--scale-high", "3.5", "--downsample", "4", "--timeout", "600");
        Assert.That(Gallery.Store.Wait(id).ExitCode, Is.Zero);
        var result = Gallery.Store.Run("result", "--job-id", id).Json;
        var copy = Path.Combine(Gallery.Store.Folder(id), "input", "a picture.fits");
        Assert.That(result.GetProperty("arguments").GetString(), Is.EqualTo($"--image {copy} --scale-low 1 --scale-high 3.5 --downsample 4 --timeout 600"));
        Assert.That(Gallery.Store.Run("log", id).Output, Does.Contain("looking at"));
    }

    [Test]
    public void Its_exit_code_2_with_a_document_is_an_answer()
    {
        Extractor("""echo '{"ok":false,"error":"solve-field timeout","image":"x","capture":{"iso":800}}'; exit 2""");
        var said = Gallery.Store.Run("submit", "--image", Gallery.Draw("a.fits", 10, 10, 10), "--wait");
        Assert.That(said.ExitCode, Is.EqualTo(1));
        Assert.That(said.Json.GetProperty("error").GetString(), Is.EqualTo("solve-field timeout"));
        Assert.That(said.Json.GetProperty("capture").GetProperty("iso").GetInt32(), Is.EqualTo(800));
    }

    [TestCase("echo no json", "Invalid JSON", TestName = "What_is_no_JSON_is_an_error_with_what_was_said")]
    [TestCase("echo '{}'; echo broken >&2; exit 3", "exit code 3", TestName = "Any_other_exit_code_is_an_error_with_what_was_said")]
    public void It_fails(string script, string message)
    {
        Extractor(script);
        var id = Gallery.Submit("--image", Gallery.Draw("a.fits", 10, 10, 10));
        Assert.That(Gallery.Store.Wait(id).ExitCode, Is.EqualTo(1));
        var error = Gallery.Store.Stored(id).GetProperty("error");
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("tool_failed"));
        Assert.That(error.GetProperty("message").GetString(), Does.Contain(message));
        Assert.That(error.GetProperty("message").GetString(), Does.Contain(script.Contains("broken", StringComparison.Ordinal) ? "broken" : "no json"));
    }

    [Test]
    public void An_extractor_that_is_not_there_makes_no_job()
    {
        Gallery.Store.Variables["ASTRO_EXTRACT_BIN"] = "/nowhere/astro_extract";
        Gallery.Store.Run("submit", "--image", Gallery.Draw("a.fits", 10, 10, 10)).MustFail(7, "tool_missing");
    }

    /// <summary>Debian's astap-cli. Its star databases are in no package, so one is made of the stars that the program carries.</summary>
    [TestCase("orion.fits", 83.9, -3.2, 20, false, "--scale-low", "36", "--scale-high", "44")]
    [TestCase("cygnus.jpg", 305, 40, -60, true, "--ra", "300", "--dec", "45", "--scale-high", "40")]
    public void The_real_ASTAP_solves(string name, double ra, double dec, double angle, bool mirrored, params string[] hints)
    {
        WriteStarDatabase(Directory.CreateDirectory(Gallery.File("stars of ASTAP")).FullName);
        var picture = Gallery.Draw(name, ra, dec, 40, angle, mirrored, name.EndsWith("jpg", StringComparison.Ordinal) ? AstroJobs.Imaging.SampleFormat.UInt8 : AstroJobs.Imaging.SampleFormat.UInt16);
        var result = Gallery.Look(["--image", picture, "--solver", "astap", "--index-dir", Gallery.File("stars of ASTAP"), "--no-pictures", .. hints]);

        Assert.That(result.GetProperty("astrometry").GetProperty("solver").GetString(), Is.EqualTo("astap"));
        Gallery.AssertSolved(result, ra, dec, 40, angle, mirrored);
    }

    [Test]
    public void The_real_ASTAP_without_a_star_database_says_what_is_missing()
    {
        Directory.CreateDirectory(Gallery.File("empty"));
        var said = Gallery.Store.Run("submit", "--image", Gallery.Draw("a.fits", 10, 10, 40), "--solver", "astap", "--index-dir", Gallery.File("empty"), "--wait");
        said.MustFail(1, "tool_missing");
        Assert.That(said.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("--index-dir"));
    }

    /// <summary>What the real one does not show: in which words it is asked. A small program looks for the options that its usage names and writes the .ini that it writes.</summary>
    [Test]
    public void ASTAP_is_asked_in_its_own_words_and_believed()
    {
        var truth = Wcs.Looking(new SkyPosition(120, 30), 399.5, 299.5, 45, upDegEastOfNorth: 25);
        var (xx, xy, yx, yy) = truth.CdMatrix;
        StandIn(FormattableString.Invariant($$"""
            while [ $# -gt 0 ]; do case "$1" in
              -f) [ -s "$2" ] || exit 9; shift 2;;
              -o) out=$2; shift 2;;
              -fov|-r|-z|-ra|-spd) echo "$1 $2"; shift 2;;
              -wcs) shift;;
              *) echo "unknown $1"; exit 8;;
            esac; done
            printf 'PLTSOLVD=T\r\nCRPIX1=400.5\r\nCRPIX2=300.5\r\nCRVAL1=120\r\nCRVAL2=30\r\nCD1_1={{xx:R}}\r\nCD1_2={{xy:R}}\r\nCD2_1={{yx:R}}\r\nCD2_2={{yy:R}}\r\n' > "$out.ini"
            """));
        var result = Gallery.Look("--image", Gallery.Draw("a.jpg", 10, 10, 10, depth: AstroJobs.Imaging.SampleFormat.UInt8), "--solver", "astap", "--ra", "120", "--dec", "30", "--radius", "5", "--scale-low", "9", "--scale-high", "11", "--no-pictures");

        var astrometry = result.GetProperty("astrometry");
        Assert.That(astrometry.GetProperty("solver").GetString(), Is.EqualTo("astap"));
        Assert.That(new SkyPosition(astrometry.GetProperty("ra_center").GetDouble(), astrometry.GetProperty("dec_center").GetDouble()).SeparationDeg(new SkyPosition(120, 30)) * 3600, Is.LessThan(0.1));
        Assert.That(astrometry.GetProperty("orientation_deg").GetDouble(), Is.EqualTo(25).Within(0.01));
        Assert.That(astrometry.GetProperty("pixscale_arcsec").GetDouble(), Is.EqualTo(45).Within(0.01));
        var log = Gallery.Store.Run("log", LastJob()).Output;
        Assert.That(log, Does.Contain("-ra 8").And.Contain("-spd 120").And.Contain("-r 5"), "hours, and degrees from the south pole");
    }

    [Test]
    public void ASTAP_that_did_not_solve_is_believed_too()
    {
        StandIn("""while [ "$1" != -o ]; do shift; done; printf 'PLTSOLVD=F\r\nERROR=No solution found!\r\n' > "$2.ini"; exit 1""");
        Gallery.Store.Run("submit", "--image", Gallery.Draw("a.fits", 10, 10, 10), "--solver", "astap", "--wait").MustFail(1, "not_solved");
    }

    [Test]
    public void ASTAP_that_is_not_there_is_named_with_what_installs_it()
    {
        Gallery.Store.Variables["PATH"] = "/nowhere";
        Gallery.Store.Run("submit", "--image", Gallery.Draw("a.fits", 10, 10, 10), "--solver", "astap", "--wait").MustFail(1, "tool_missing");
    }

    /// <summary>ASTAP's wide field database: how many stars, then ten times the magnitude, RA and Dec in radians of each as singles, the brightest first.</summary>
    private static void WriteStarDatabase(string folder)
    {
        var stars = StarCatalogue.Embedded.Within(new SkyPosition(0, 90), 180, faintest: 8).OrderBy(star => star.VMagnitude).ToArray();
        using var file = new BinaryWriter(File.Create(Path.Combine(folder, "w08_0101.001")));
        file.Write(stars.Length);
        foreach (var star in stars)
        {
            file.Write(10 * star.VMagnitude);
            file.Write((float)double.DegreesToRadians(star.Position.RaDeg));
            file.Write((float)double.DegreesToRadians(star.Position.DecDeg));
        }
    }

    private string LastJob() => Gallery.Store.Run("list").Json.GetProperty("jobs")[0].GetProperty("job_id").GetString()!;

    private void Extractor(string script) => Gallery.Store.Variables["ASTRO_EXTRACT_BIN"] = Script("extractor's", script);

    private void StandIn(string script)
    {
        Directory.CreateDirectory(Gallery.File("bin"));
        Script(Path.Combine("bin", "astap_cli"), script);
        Gallery.Store.Variables["PATH"] = Gallery.File("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
    }

    private string Script(string name, string script)
    {
        var path = Gallery.File(name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
