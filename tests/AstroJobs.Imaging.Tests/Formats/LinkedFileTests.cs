using AstroJobs.Imaging.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>Frames are often symbolic links into an archive.</summary>
public sealed class LinkedFileTests : FolderFixture
{
    [TestCase(".fits")]
    [TestCase(".tif")]
    [TestCase(".png")]
    [TestCase(".jpg")]
    public void A_link_is_the_picture_that_it_leads_to(string ending)
    {
        using var made = new Frame(64, 48, 1);
        made.Plane(0).Fill(0.5f);
        ImageFile.Write(Folder.File("archive" + ending), made, SampleFormat.UInt16);
        File.CreateSymbolicLink(Folder.File("first" + ending), Folder.File("archive" + ending));
        File.CreateSymbolicLink(Folder.File("light" + ending), Folder.File("first" + ending));

        using var read = ImageFile.Read(Folder.File("light" + ending));

        Assert.That((read.Width, read.Height), Is.EqualTo((64, 48)));
        Assert.That(read.Row(0, 47)[63], Is.EqualTo(0.5f).Within(0.01));
    }
}
