using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Frames;

public sealed class FileStoreTests : FolderFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public void A_picture_of_the_same_size_that_comes_in_its_place_is_noticed(bool comes)
    {
        var path = Folder.File("a.fits");
        File.WriteAllBytes(path, FitsBuilder.Build(8, [2, 1], [51, 255]));
        using var reader = ImageFile.Open(path);
        using var store = new FileStore(path, reader.Info, new OpenFiles(0)); // so that each row opens the file anew
        var row = new float[2];
        store.ReadRows(0, 0, row);
        Assert.That(row, Is.EqualTo(new[] { 0.2f, 1f }));
        if (!comes)
        {
            Assert.That(() => store.ReadRows(0, 0, row), Throws.Nothing);
            return;
        }
        File.WriteAllBytes(Folder.File("b.fits"), FitsBuilder.Build(8, [2, 1], [255, 51]));
        File.SetLastWriteTimeUtc(Folder.File("b.fits"), File.GetLastWriteTimeUtc(path).AddSeconds(1));
        File.Move(Folder.File("b.fits"), path, overwrite: true);
        Assert.That(() => store.ReadRows(0, 0, row), Throws.TypeOf<ImageException>().With.Message.Contains("exchanged for another picture"));
    }
}
