using AstroJobs.Jobs;
using AstroJobs.Kinds.Pictures;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Pictures;

public sealed class PictureFilesTests : FolderFixture
{
    [SetUp]
    public void MakeFiles()
    {
        foreach (var name in new[] { "a/f-10.fits", "a/f-2.fits", "a/f-1.fits", "a/notes.txt", "a/.hidden.fits", "b/x.JPG", "b/y.dat", "empty/readme", "packed/f.fits.fz", "packed/f.fit.gz", "packed/f.tar.gz", "a*.fits" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder.File(name))!);
            File.WriteAllText(Folder.File(name), "");
        }
    }

    [TestCase("a", "a/f-1.fits a/f-2.fits a/f-10.fits")]
    [TestCase("a/", "a/f-1.fits a/f-2.fits a/f-10.fits")]
    [TestCase("./b/../a/f-2.fits", "a/f-2.fits")]
    [TestCase("a/*.fits", "a/f-1.fits a/f-2.fits a/f-10.fits")]
    [TestCase("a/f-?.fits", "a/f-1.fits a/f-2.fits")]
    [TestCase("a/*", "a/f-1.fits a/f-2.fits a/f-10.fits")]
    [TestCase("*/?-1*", "a/f-1.fits a/f-10.fits")]
    [TestCase("b/*.dat", "b/y.dat")]
    [TestCase("b", "b/x.JPG")]
    [TestCase("packed", "packed/f.fit.gz packed/f.fits.fz")]
    [TestCase("packed/*", "packed/f.fit.gz packed/f.fits.fz")]
    [TestCase("a*.fits", "a*.fits")] // a file of that very name
    [TestCase("a/notes.txt", "a/notes.txt")]
    public void An_entry_means(string entry, string files) =>
        Assert.That(
            PictureFiles.Resolve(entry, Folder.Path).Select(frame => Path.GetRelativePath(Folder.Path, frame.Path)),
            Is.EqualTo(files.Split(' ')));

    [TestCase("missing.fits", ErrorCode.ImageNotFound)]
    [TestCase("~/x.fits", ErrorCode.ImageNotFound)]
    [TestCase("a/*.tif", ErrorCode.ImageNotFound)]
    [TestCase("none/*.fits", ErrorCode.ImageNotFound)]
    [TestCase("empty", ErrorCode.ImageNotFound)]
    [TestCase("", ErrorCode.BadInput)]
    public void An_entry_that_means_nothing_is_refused(string entry, string code) =>
        Assert.That(() => PictureFiles.Resolve(entry, Folder.Path), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(code).And.Property("Hint").Not.Null);

    [Test]
    public void Only_a_file_given_by_its_name_is_named()
    {
        Assert.That(PictureFiles.Resolve("a/f-1.fits", Folder.Path).Single().Named, Is.True);
        Assert.That(PictureFiles.Resolve("a/f-1*", Folder.Path).Select(frame => frame.Named), Is.All.False);
    }
}
