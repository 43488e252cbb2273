using AstroJobs.Cli.Checks;
using AstroJobs.Testing;

namespace AstroJobs.Cli.Tests.Checks;

public sealed class SolverCheckTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void No_solver_is_a_warning_with_what_installs_it()
    {
        var check = SolverCheck.Astrometry(hasEngine: false, hasSolveField: false, []);
        Assert.That(check.Ok, Is.True);
        Assert.That(check.Mend, Does.Contain("apt-get install astrometry.net"));
        Assert.That(SolverCheck.Astap(hasProgram: false, []).Mend, Is.Null, "who has the one needs not the other");
    }

    [Test]
    public void A_solver_without_index_files_is_a_warning()
    {
        var check = SolverCheck.Astrometry(hasEngine: true, hasSolveField: true, [_folder.Path]);
        Assert.That(check.Found, Does.Contain("no index files").And.Contain(_folder.Path));
        Assert.That(check.Mend, Does.Contain("astrometry-data-tycho2-10-19"));
    }

    [Test]
    public void Index_files_are_counted_and_their_scales_named()
    {
        foreach (var name in (string[])["index-4110.fits", "index-4111.fits", "index-5206-07.fits"])
            File.WriteAllText(_folder.File(name), "");
        var check = SolverCheck.Astrometry(hasEngine: true, hasSolveField: true, [_folder.Path, _folder.File("nowhere")]);
        Assert.That(check.Found, Does.Contain("3, of the scales 6, 10 to 11"));
        Assert.That(check.Mend, Is.Null);
    }

    [Test]
    public void The_star_database_of_ASTAP_is_looked_for()
    {
        Assert.That(SolverCheck.Astap(hasProgram: true, [_folder.Path]).Mend, Does.Contain("D50"));
        File.WriteAllText(_folder.File("d50_0101.1476"), "");
        Assert.That(SolverCheck.Astap(hasProgram: true, [_folder.Path]).Found, Does.Contain("d50"));
    }
}
