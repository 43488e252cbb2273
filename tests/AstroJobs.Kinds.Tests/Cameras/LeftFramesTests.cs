using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Cameras;

public sealed class LeftFramesTests : FolderFixture
{
    private readonly HeardLog _log = new();

    private string Downloads => Directory.CreateDirectory(Folder.File("scratch", "downloads")).FullName;

    private string Output => Directory.CreateDirectory(Folder.File("output")).FullName;

    [Test]
    public void They_are_taken_over_in_the_order_in_which_they_came()
    {
        foreach (var number in (int[])[10, 9, 11])
            Save(Path.Combine(Downloads, $"{number}.fits"), number);
        var left = Left();
        var names = (string[])[.. Enumerable.Range(1, 3).SelectMany(number => left.Adopt($"frame-{number}"))];
        Assert.That(names.Select(Path.GetFileName), Is.EqualTo(new[] { "frame-1.fits", "frame-2.fits", "frame-3.fits" }));
        Assert.That(names.Select(LevelOf), Is.EqualTo(new[] { 9, 10, 11 }));
        Assert.That(left.Adopt("frame-4"), Is.Empty);
    }

    [Test]
    public void A_name_that_only_begins_alike_is_another_frame()
    {
        Save(Path.Combine(Output, "frame-10.fits"), 10);
        Assert.That(Left().Adopt("frame-1"), Is.Empty);
        Assert.That(Left().Adopt("frame-10").Select(Path.GetFileName), Is.EqualTo(new[] { "frame-10.fits" }));
    }

    private LeftFrames Left()
    {
        _ = Downloads;
        return new LeftFrames(Folder.File("scratch"), Output, _log);
    }

    private static void Save(string path, int level)
    {
        using var frame = new Frame(8, 6, 1, FrameMetadata.None);
        frame.Plane(0).Fill(level / 255f);
        ImageFile.Write(path, frame, SampleFormat.UInt8);
    }

    private static int LevelOf(string path)
    {
        using var frame = ImageFile.Read(path);
        return (int)MathF.Round(frame.Plane(0)[0] * 255);
    }
}
