using System.Text.Json;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Tests.Timelapse;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Burst;

/// <summary>A burst goes on where a stopped one was: at the next frame, with those it has.</summary>
public sealed class BurstResumeTests : FolderFixture
{
    private static readonly BurstParameters Quick = new()
    {
        Count = 4,
        Exposure = TimeSpan.FromSeconds(5),
        Sim = new SimulatedCameraSettings { Width = 160, Height = 120, Instant = true },
    };

    private string Output(string name) => Path.Combine(Folder.Path, "output", name);

    [Test, CancelAfter(120_000)]
    public async Task The_frames_it_has_are_kept_and_listed_with_the_new_ones(CancellationToken cancellation)
    {
        await StopAfterAsync(2, cancellation);
        var (first, taken) = (File.ReadAllBytes(Output("frame-0001.fits")), new FileInfo(Output("frame-0001.fits")).LastWriteTimeUtc);

        var (camera, context) = await ResumeAsync(cancellation);

        Assert.That(camera.Exposures, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(File.ReadAllBytes(Output("frame-0001.fits")), Is.EqualTo(first));
        Assert.That(new FileInfo(Output("frame-0001.fits")).LastWriteTimeUtc, Is.EqualTo(taken));
        Assert.That(Listed(context), Is.EqualTo(new[] { "frame-0001.fits", "frame-0002.fits", "frame-0003.fits", "frame-0004.fits" }));
        Assert.That(context.ReadResult().GetProperty("captured").GetInt32(), Is.EqualTo(4));
        Assert.That(context.Reports[0].Current, Is.EqualTo(2));
        Assert.That(context.Reports[^1].Current, Is.EqualTo(4));
    }

    [Test, CancelAfter(120_000)]
    public async Task Stopped_again_and_again_it_comes_to_its_end(CancellationToken cancellation)
    {
        await StopAfterAsync(1, cancellation);
        await StopAfterAsync(3, cancellation, resumes: true);
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 3 }));
        Assert.That(Listed(context), Has.Length.EqualTo(4));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_frame_that_failed_before_stays_failed(CancellationToken cancellation)
    {
        await StopAfterAsync(2, cancellation, failures: new() { [1] = 2 });
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(context.ReadResult().GetProperty("failures")[0].GetProperty("frame").GetInt32(), Is.EqualTo(2));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_camera_that_gave_frames_before_may_come_back(CancellationToken cancellation)
    {
        await StopAfterAsync(2, cancellation);
        var (camera, context) = (new FlakyCamera(Quick.Sim, new() { [2] = 2 }, ErrorCode.CameraNotFound), Context(resumes: true, cancellation));
        await new BurstRun(camera, Quick, context).TakeAsync();
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 2, 2, 3 }));
    }

    [Test]
    public async Task Starts_that_were_missed_before_still_count()
    {
        var time = new LeapingTime();
        var camera = new ScriptedCamera(time) { Lasts = static shot => TimeSpan.FromSeconds(shot == 2 ? 25 : 3) };
        var parameters = Quick with { Interval = TimeSpan.FromSeconds(10) };
        using var stop = new CancellationTokenSource();
        var stopped = new FolderJobContext(Folder.Path, time, stop.Token)
        {
            Reported = progress =>
            {
                if (progress.Current == 3)
                    stop.Cancel();
            },
        };
        Assert.That(() => new BurstRun(camera.Open(), parameters, stopped).TakeAsync(), Throws.InstanceOf<OperationCanceledException>());

        var context = new FolderJobContext(Folder.Path, time) { IsResumed = true };
        await new BurstRun(camera.Open(), parameters, context).TakeAsync();
        Assert.That(context.ReadResult().GetProperty("missed").GetInt32(), Is.EqualTo(2), "the second frame lasted until two more should have begun");
    }

    [Test, CancelAfter(120_000)]
    public async Task Where_no_frame_has_come_it_begins_anew(CancellationToken cancellation)
    {
        var failing = new FlakyCamera(Quick.Sim, new() { [0] = 2, [1] = 2, [2] = 2, [3] = 2 });
        Assert.That(() => new BurstRun(failing, Quick, Context(resumes: false, cancellation)).TakeAsync(), Throws.TypeOf<JobException>());
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(context.ReadResult().GetProperty("failures").GetArrayLength(), Is.Zero);
    }

    [Test, CancelAfter(120_000)]
    public async Task An_attempt_that_does_not_resume_heeds_no_checkpoint(CancellationToken cancellation)
    {
        await StopAfterAsync(2, cancellation);
        var camera = new FlakyCamera(Quick.Sim, []);
        await new BurstRun(camera, Quick, Context(resumes: false, cancellation)).TakeAsync();
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 0, 1, 2, 3 }));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_frame_whose_file_is_gone_is_taken_again_with_those_after_it(CancellationToken cancellation)
    {
        await StopAfterAsync(3, cancellation);
        File.Delete(Output("frame-0002.fits"));
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(Listed(context), Has.Length.EqualTo(4));
    }

    [TestCase("{\"frame\":3,\"fi")]
    [TestCase("\0\0\0\0")]
    public async Task A_journal_with_a_torn_end_counts_as_far_as_it_goes(string torn)
    {
        await StopAfterAsync(3, CancellationToken.None);
        var journal = Path.Combine(Folder.Path, "work", "frames.jsonl");
        File.WriteAllLines(journal, [.. File.ReadAllLines(journal)[..^1], torn]);
        File.Delete(Output("frame-0003.fits"));
        var (camera, context) = await ResumeAsync(CancellationToken.None);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(Listed(context), Has.Length.EqualTo(4));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_frame_that_has_its_name_and_no_record_is_listed_with_the_time_at_which_it_was_begun(CancellationToken cancellation)
    {
        await StopAfterAsync(3, cancellation);
        var journal = Path.Combine(Folder.Path, "work", "frames.jsonl");
        var lines = File.ReadAllLines(journal);
        File.WriteAllLines(journal, lines[..^1]); // killed before it was written
        var begun = JsonDocument.Parse(lines[^2]).RootElement;
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 3 }));
        Assert.That(begun.GetProperty("begun").GetInt32(), Is.EqualTo(3));
        Assert.That(context.ReadResult().GetProperty("files")[2].GetProperty("taken_at").GetDateTimeOffset(), Is.EqualTo(begun.GetProperty("at").GetDateTimeOffset()));
    }

    [Test, CancelAfter(120_000)]
    public async Task What_the_camera_had_delivered_is_taken_over_as_the_next_frames_and_what_is_torn_is_not(CancellationToken cancellation)
    {
        await StopAfterAsync(1, cancellation);
        var downloads = Directory.CreateDirectory(Path.Combine(Folder.Path, "work", "camera", "downloads")).FullName;
        var whole = File.ReadAllBytes(Output("frame-0001.fits"));
        File.WriteAllBytes(Path.Combine(downloads, "9.FITS"), whole);
        File.WriteAllBytes(Path.Combine(downloads, "10.FITS"), whole);
        File.WriteAllBytes(Path.Combine(downloads, "11.FITS"), whole[..(whole.Length / 2)]);
        File.WriteAllBytes(Path.Combine(downloads, "tmpfileXY"), whole);
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 3 }));
        Assert.That(Listed(context), Is.EqualTo(new[] { "frame-0001.fits", "frame-0002.fits", "frame-0003.fits", "frame-0004.fits" }));
        Assert.That(File.ReadAllBytes(Output("frame-0003.fits")), Is.EqualTo(whole));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_pair_of_which_only_one_has_its_name_stays_a_pair(CancellationToken cancellation)
    {
        await StopAfterAsync(1, cancellation);
        var downloads = Directory.CreateDirectory(Path.Combine(Folder.Path, "work", "camera", "downloads")).FullName;
        using (var frame = new Frame(8, 8, 3))
            ImageFile.Write(Path.Combine(downloads, "4.jpg"), frame, SampleFormat.UInt8);
        File.Copy(Output("frame-0001.fits"), Path.Combine(downloads, "5.fits"));
        File.Copy(Output("frame-0001.fits"), Output("frame-0002.fits"));
        var (camera, context) = await ResumeAsync(cancellation);
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 3 }));
        Assert.That(Listed(context), Is.EqualTo(new[] { "frame-0001.fits", "frame-0002.fits", "frame-0002.jpg", "frame-0003.fits", "frame-0004.fits" }));
    }

    [Test, CancelAfter(120_000)]
    public async Task Torn_files_of_a_killed_writer_are_removed(CancellationToken cancellation)
    {
        await StopAfterAsync(2, cancellation);
        File.WriteAllText(Output(".0123456789abcdef.partial.fits"), "torn");
        var (_, context) = await ResumeAsync(cancellation);
        Assert.That(Directory.EnumerateFiles(context.OutputFolder).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "frame-0001.fits", "frame-0002.fits", "frame-0003.fits", "frame-0004.fits", "result.json" }));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_checkpoint_says_how_many_frames_are_over(CancellationToken cancellation)
    {
        await StopAfterAsync(2, cancellation);
        var latest = new CheckpointFolder(Path.Combine(Folder.Path, "work")).List()[^1];
        using var document = JsonDocument.Parse(File.ReadAllBytes(latest.Path));
        Assert.That(document.RootElement.GetProperty("frames").GetInt32(), Is.EqualTo(2));
    }

    /// <summary>A burst that is cancelled when so many frames are over.</summary>
    private async Task StopAfterAsync(int frames, CancellationToken cancellation, bool resumes = false, Dictionary<int, int>? failures = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var context = new FolderJobContext(Folder.Path, cancellation: stop.Token)
        {
            IsResumed = resumes,
            Reported = progress =>
            {
                if (progress.Current == frames)
                    stop.Cancel();
            },
        };
        var camera = new FlakyCamera(Quick.Sim, failures ?? []);
        Assert.That(() => new BurstRun(camera, Quick, context).TakeAsync(), Throws.InstanceOf<OperationCanceledException>());
        await camera.DisposeAsync();
    }

    private async Task<(FlakyCamera Camera, FolderJobContext Context)> ResumeAsync(CancellationToken cancellation)
    {
        var (camera, context) = (new FlakyCamera(Quick.Sim, []), Context(resumes: true, cancellation));
        await new BurstRun(camera, Quick, context).TakeAsync();
        return (camera, context);
    }

    private FolderJobContext Context(bool resumes, CancellationToken cancellation) => new(Folder.Path, cancellation: cancellation) { IsResumed = resumes };

    private static string?[] Listed(FolderJobContext context) => [.. context.ReadResult().GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("file").GetString())];
}
