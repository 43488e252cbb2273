using AstroJobs.Cli.Checks;
using AstroJobs.Testing;

namespace AstroJobs.Cli.Tests.Checks;

public sealed class SolverCheckTests : FolderFixture
{
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
        var check = SolverCheck.Astrometry(hasEngine: true, hasSolveField: true, [Folder.Path]);
        Assert.That(check.Found, Does.Contain("no index files").And.Contain(Folder.Path));
        Assert.That(check.Mend, Does.Contain("astrometry-data-tycho2-10-19"));
    }

    [Test]
    public void Index_files_are_counted_and_their_scales_named()
    {
        foreach (var name in (string[])["index-4110.fits", "index-4111.fits", "index-5206-07.fits"])
            File.WriteAllText(Folder.File(name), "");
        var check = SolverCheck.Astrometry(hasEngine: true, hasSolveField: true, [Folder.Path, Folder.File("nowhere")]);
        Assert.That(check.Found, Does.Contain("3, of the scales 6, 10 to 11"));
        Assert.That(check.Mend, Is.Null);
    }

    [Test]
    public void The_star_database_of_ASTAP_is_looked_for()
    {
        Assert.That(SolverCheck.Astap(hasProgram: true, [Folder.Path]).Mend, Does.Contain("D50"));
        File.WriteAllText(Folder.File("d50_0101.1476"), "");
        Assert.That(SolverCheck.Astap(hasProgram: true, [Folder.Path]).Found, Does.Contain("d50"));
    }
}
