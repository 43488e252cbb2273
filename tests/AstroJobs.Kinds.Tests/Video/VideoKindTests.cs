using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Video;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Video;

public sealed class VideoKindTests : FolderFixture
{
    [Test]
    public void Pictures_are_found_at_submit_in_their_order()
    {
        SavePictures(11);
        var parameters = Prepare(new VideoParameters { Images = ["night"] });
        Assert.That(parameters.Frames.Select(frame => Path.GetFileName(frame.Path)), Is.EqualTo(Enumerable.Range(1, 11).Select(i => $"f{i}.png")));
    }

    [TestCase(0, 1920, 1080, 20, "a.mp4", "pictures a second")]
    [TestCase(double.NaN, 1920, 1080, 20, "a.mp4", "pictures a second")]
    [TestCase(241, 1920, 1080, 20, "a.mp4", "pictures a second")]
    [TestCase(30, 1919, 1080, 20, "a.mp4", "even number")]
    [TestCase(30, 1920, 8, 20, "a.mp4", "even number")]
    [TestCase(30, 1920, 1080, 52, "a.mp4", "crf")]
    [TestCase(30, 1920, 1080, 20, "../a.mp4", "without a path")]
    [TestCase(30, 1920, 1080, 20, "a.avi", "ends in .mp4")]
    [TestCase(30, 1920, 1080, 20, ".mp4", "ends in .mp4")]
    public void What_cannot_be_made_is_refused_at_submit(double fps, int width, int height, int crf, string name, string message)
    {
        SavePictures(2);
        var parameters = new VideoParameters { Images = ["night"], Fps = fps, Width = width, Height = height, Crf = crf, OutputName = name };
        var refused = Assert.Throws<JobException>(() => Prepare(parameters))!;
        Assert.That(refused.Code, Is.EqualTo(ErrorCode.BadInput));
        Assert.That(refused.Message, Does.Contain(message));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void One_picture_is_no_video(int count)
    {
        SavePictures(count);
        var images = count == 0 ? Array.Empty<string>() : ["night"];
        Assert.That(() => Prepare(new VideoParameters { Images = images }), Throws.InstanceOf<JobException>().With.Message.Contains("video needs two").Or.Message.Contains("nothing to show"));
    }

    private VideoParameters Prepare(VideoParameters parameters) => new VideoKind().Prepare(parameters, new CallerContext(Folder.Path));

    private void SavePictures(int count)
    {
        Directory.CreateDirectory(Folder.File("night"));
        for (var i = 1; i <= count; i++)
        {
            using var frame = new Frame(8, 8, 1);
            ImageFile.Write(Folder.File("night", $"f{i}.png"), frame, SampleFormat.UInt8);
        }
    }
}
