using AstroJobs.Kinds.Sky.Solving;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Sky.Solving;

public sealed class IndexScalesTests : FolderFixture
{
    [Test]
    public void Numbers_are_told_from_names()
    {
        Make("index-tycho2-10.littleendian.fits", "index-4111.fits", "index-5204-03.fits", "index-5204-04.fits", "index-4119.fits", "readme.txt");
        Assert.That(IndexScales.Find(Folder.Path)!.ToString(), Is.EqualTo("5, of the scales 4, 10 to 11, 19"));
    }

    [Test]
    public void A_name_that_tells_nothing_may_serve_anything()
    {
        Make("index-4111.fits", "my-own-index.fits");
        Assert.That(IndexScales.Find(Folder.Path), Is.Null);
    }

    [Test]
    public void No_file_is_no_scale() => Assert.That(IndexScales.Find(Folder.Path), Is.Null);

    /// <summary>The widths of the patterns as astrometry.net's own table of index files has them: 10 begins at 60′, 7 at 22′, 4 at 8′.</summary>
    [TestCase(10, 1.1, true)]
    [TestCase(10, 0.9, false)]
    [TestCase(7, 0.4, true)]
    [TestCase(7, 0.36, false)]
    [TestCase(4, 0.14, true)]
    [TestCase(4, 0.12, false)]
    public void A_pattern_must_fit_into_the_field(int finest, double width, bool fits)
    {
        var scales = new IndexScales([finest, 19], 2);
        Assert.That(scales.Serves(width), Is.EqualTo(fits));
        Assert.That(scales.Advise(width), fits ? Is.Null : Is.Not.Null);
    }

    [Test]
    public void What_to_install_is_named()
    {
        var scales = new IndexScales([10, 11], 2);
        Assert.That(scales.Advise(0.54), Does.Contain("index-5205").And.Contain("index-4107, index-4108:").And.Contain("apt-get install astrometry-data-tycho2-07 astrometry-data-tycho2-08").And.Not.Contain("09"));
        Assert.That(scales.Advise(0.3), Does.Contain("index-5206: ").And.Contain("data.astrometry.net"), "the 4100 begin at 7");
        Assert.That(scales.Advise(0.4), Does.Contain("index-4107: "));
        Assert.That(scales.Advise(0.1), Does.Contain("index-5203").And.Contain("data.astrometry.net").And.Not.Contain("apt-get"));
    }

    private void Make(params string[] names)
    {
        foreach (var name in names)
            File.WriteAllText(Folder.File(name), "");
    }
}
