using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Galleries;

public sealed class GalleryTests : FolderFixture
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 21, 22, 3, 15, TimeSpan.Zero);
    private static readonly JobId Job = JobId.Parse("0193a5c0000070008000000000abcdef");

    private string Root => Folder.File("galleries");

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("../up")]
    [TestCase("a/b")]
    [TestCase("/etc")]
    [TestCase(".hidden")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase("ends ")]
    [TestCase("ends.")]
    [TestCase("lost+found")]
    [TestCase("-rf")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        Assert.That(() => Gallery.Make(new GalleryPlace(name, Root)), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.BadInput));
        Assert.That(Directory.Exists(Root), Is.False, "nothing is made");
    }

    [TestCase("M42")]
    [TestCase("Orion, no")]
    public void Names_are_words(string name) => Assert.That(
        () => Gallery.Make(new GalleryPlace(name, Root)).Folder, name.Contains(',') ? Throws.TypeOf<JobException>() : Is.EqualTo(Path.Combine(Root, name)));

    [Test]
    public void A_link_in_the_place_of_a_gallery_or_of_one_of_its_folders_is_refused_and_not_listed()
    {
        var elsewhere = Directory.CreateDirectory(Folder.File("elsewhere")).FullName;
        Directory.CreateDirectory(Root);
        Directory.CreateSymbolicLink(Path.Combine(Root, "M31"), elsewhere);
        Assert.That(() => Gallery.Make(new GalleryPlace("M31", Root)), Throws.TypeOf<JobException>().With.Message.Contains("symbolic link"));
        Assert.That(Gallery.List(Root), Is.Empty);
        var gallery = Make("M42");
        Directory.CreateSymbolicLink(Path.Combine(gallery.Folder, "results"), elsewhere);
        Assert.That(() => gallery.AddResult(Picture("stack.fits"), Evening, Job), Throws.TypeOf<JobException>());
        Assert.That(Directory.EnumerateFileSystemEntries(elsewhere), Is.Empty);
    }

    [Test]
    public void A_file_whose_name_is_no_text_does_not_hide_the_galleries()
    {
        var gallery = Make("M42");
        gallery.AddFrame(Picture("frame-0001.fits"), Evening, Job, FrameType.Light);
        using var torn = new TornName(gallery.Folder);
        Assert.That(Gallery.List(Root)[0].Bytes, Is.EqualTo(4));
    }

    [Test]
    public void A_picture_that_is_a_link_is_none_of_its_images()
    {
        var gallery = Make("M42");
        File.CreateSymbolicLink(Path.Combine(gallery.Folder, "secret.fits"), Picture("secret.fits"));
        gallery.AddFrame(Picture("frame-0001.fits"), Evening, Job, FrameType.Light);
        Assert.That(Names(gallery), Is.EqualTo(new[] { "20261121-220315_abcdef_frame-0001.fits" }));
        Assert.That(Gallery.List(Root)[0].Bytes, Is.EqualTo(4));
    }

    [Test]
    public void A_frame_is_the_same_file_under_a_second_name_and_is_put_in_once()
    {
        var gallery = Make("M42");
        var frame = Picture("frame-0001.fits");
        gallery.AddFrame(frame, Evening, Job, FrameType.Light);
        gallery.AddFrame(frame, Evening, Job, FrameType.Light);
        File.AppendAllText(frame, "more");
        Assert.That(gallery.Images, Has.Count.EqualTo(1));
        Assert.That(new FileInfo(gallery.Images[0]).Length, Is.EqualTo(8), "a hard link");
    }

    [Test]
    public void Frames_of_two_jobs_with_one_name_are_both_there_in_the_order_of_their_times()
    {
        var gallery = Make("M42");
        var frame = Picture("frame-0001.fits");
        gallery.AddFrame(frame, Evening.AddDays(1), JobId.Parse("0193a5c0000070008000000000aaaaaa"), FrameType.Light);
        gallery.AddFrame(frame, Evening, JobId.Parse("0193a5c0000070008000000000ffffff"), FrameType.Light);
        Assert.That(Names(gallery), Is.EqualTo(new[] { "20261121-220315_ffffff_frame-0001.fits", "20261122-220315_aaaaaa_frame-0001.fits" }));
    }

    [Test]
    public void Calibration_frames_and_results_have_folders_of_their_own()
    {
        var gallery = Make("M42");
        gallery.AddFrame(Picture("a.fits"), Evening, Job, FrameType.Light);
        gallery.AddFrame(Picture("b.fits"), Evening, Job, FrameType.Dark);
        gallery.AddResult(Picture("stack.fits"), Evening, Job);
        Assert.That(gallery.Images, Has.Count.EqualTo(1));
        Assert.That(File.Exists(Path.Combine(gallery.Folder, "dark", "20261121-220315_abcdef_b.fits")));
        var summary = Gallery.List(Root).Single();
        Assert.That((summary.Name, summary.Images, summary.Results, summary.Bytes), Is.EqualTo(("M42", 1, 1, 12L)));
        Assert.That(summary.Newest, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public void On_another_disk_a_frame_is_copied()
    {
        if (!Directory.Exists("/dev/shm"))
            Assert.Ignore("There is no second file system.");
        using var memory = TempFolder.InMemory();
        var gallery = Gallery.Make(new GalleryPlace("M42", memory.Path));
        gallery.AddFrame(Picture("a.fits"), Evening, Job, FrameType.Light);
        Assert.That(File.ReadAllText(gallery.Images.Single()), Is.EqualTo("data"));
        Assert.That(Directory.EnumerateFiles(gallery.Folder).Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_gallery_that_is_not_there_is_not_made_by_looking()
    {
        Assert.That(() => Gallery.Open(new GalleryPlace("M42", Root)), Throws.TypeOf<JobException>());
        Assert.That(Gallery.List(Root), Is.Empty);
        Assert.That(Directory.Exists(Root), Is.False);
    }

    private Gallery Make(string name) => Gallery.Make(new GalleryPlace(name, Root));

    private string Picture(string name)
    {
        File.WriteAllText(Folder.File(name), "data");
        return Folder.File(name);
    }

    private static string?[] Names(Gallery gallery) => [.. gallery.Images.Select(Path.GetFileName)];
}
