using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>Videos by the real ffmpeg, judged by ffprobe.</summary>
public sealed class VideoTests : ObservatoryFixture
{
    [Test]
    public void A_burst_becomes_a_video_and_a_torn_frame_is_named()
    {
        var burst = Observatory.Burst(12, "--format", "jpg");
        File.WriteAllText(Observatory.Output(burst, "frame-0005.jpg"), "torn");

        var id = Observatory.Done(Observatory.Submit("submit", "video", "--from-job", burst, "--size", "320x240", "--fps", "12.5", "--deflicker", "--output-name", "my night.mp4"));

        var result = Observatory.Result(id);
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("output").GetString(), Is.EqualTo("my night.mp4"));
            Assert.That(result.GetProperty("frames").GetInt32(), Is.EqualTo(11));
            Assert.That(result.GetProperty("left_out")[0].GetProperty("path").GetString(), Is.EqualTo(Observatory.Output(burst, "frame-0005.jpg")));
            Assert.That(result.GetProperty("duration_s").GetDouble(), Is.EqualTo(0.88));
            Assert.That(Observatory.OutputNames(id), Is.EqualTo(new[] { "my night.mp4", "result.json" }));
            Assert.That(result.GetProperty("bytes").GetInt64(), Is.EqualTo(new FileInfo(Observatory.Output(id, "my night.mp4")).Length));
            Assert.That(Probe(Observatory.Output(id, "my night.mp4")), Is.EqualTo("codec_name=h264\nwidth=320\nheight=240\npix_fmt=yuv420p\nr_frame_rate=25/2\nnb_read_frames=11"));
        });
    }

    [Test]
    public void A_cancelled_video_leaves_no_partial_file()
    {
        var folder = Directory.CreateDirectory(Observatory.Store.Beside("pictures")).FullName;
        using (var frame = new Frame(1600, 1200, 3))
            ImageFile.Write(Path.Combine(folder, "one.png"), frame, SampleFormat.UInt8);
        for (var i = 0; i < 2000; i++)
            File.CreateSymbolicLink(Path.Combine(folder, $"p{i}.png"), Path.Combine(folder, "one.png"));
        var list = Observatory.Store.Beside("list.txt");
        File.WriteAllLines(list, Enumerable.Range(0, 2000).Select(i => Path.Combine(folder, $"p{i}.png")));
        var id = Observatory.Submit("submit", "video", "--list", list);
        CallerStore.Eventually(() => Observatory.Progress(id, "phase") == "encode", "the first picture is shown");

        Assert.That(Observatory.Store.Run("cancel", id).ExitCode, Is.Zero);

        Assert.That(Observatory.Store.Wait(id).State, Is.EqualTo("cancelled"));
        Assert.That(Directory.EnumerateFileSystemEntries(Observatory.Output(id)), Is.Empty);
        CallerStore.Eventually(() => LiveProcesses.OfStore(Observatory.Store.Root).Count == 0, "nothing of it runs");
    }

    [Test]
    public void Without_ffmpeg_it_is_said_how_to_get_it()
    {
        Observatory.Store.Variables["PATH"] = "/nonexistent";
        var said = Observatory.Store.Run("submit", "video", "--image", "x.png");
        said.MustFail(7, "tool_missing");
        Assert.That(said.Json.GetProperty("error").GetProperty("hint").GetString(), Does.Contain("apt install ffmpeg"));
    }

    private string Probe(string video)
    {
        var said = Observatory.Store.RunProgram(
            "ffprobe", "-v", "error", "-count_frames", "-of", "default=noprint_wrappers=1", "-show_entries", "stream=codec_name,nb_read_frames,width,height,r_frame_rate,pix_fmt", video);
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        return said.Output.Trim();
    }
}
