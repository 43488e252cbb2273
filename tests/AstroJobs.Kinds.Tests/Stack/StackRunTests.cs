using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Kinds.Stack;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

/// <summary>What a stack leaves.</summary>
public sealed class StackRunTests : StackFixture
{
    [Test, CancelAfter(30_000)]
    public async Task A_folder_of_frames_becomes_a_picture_a_preview_and_a_result(CancellationToken cancellation)
    {
        SaveFrames(4);
        File.WriteAllText(Folder.File("night", "torn.fits"), "not a picture");
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"] }), context);

        var result = context.ReadResult();
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("output").GetString(), Is.EqualTo("stack.fits"));
            Assert.That(result.GetProperty("preview").GetString(), Is.EqualTo("preview.jpg"));
            Assert.That(result.GetProperty("mode").GetString(), Is.EqualTo("mean"));
            Assert.That(result.GetProperty("requested").GetInt32(), Is.EqualTo(5));
            Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(4));
            Assert.That(result.GetProperty("left_out")[0].GetProperty("path").GetString(), Is.EqualTo(Folder.File("night", "torn.fits")));
            Assert.That(result.GetProperty("left_out")[0].GetProperty("reason").GetString(), Is.Not.Empty);
            Assert.That(result.GetProperty("total_exposure_s").GetDouble(), Is.EqualTo(40));
            Assert.That(result.GetProperty("peak_memory_bytes").GetInt64(), Is.GreaterThan(10_000_000));
            Assert.That(result.GetProperty("timings").GetProperty("total_s").GetDouble(), Is.Positive);
            var (first, last) = (result.GetProperty("frames")[0], result.GetProperty("frames")[3]);
            Assert.That(last.GetProperty("stars").GetInt32(), Is.GreaterThan(20));
            Assert.That(last.GetProperty("dx").GetDouble() - first.GetProperty("dx").GetDouble(), Is.EqualTo(9).Within(0.1)); // three steps of 3 px
            Assert.That(last.GetProperty("rms_px").GetDouble(), Is.LessThan(0.2));
        });
        using var stack = ImageFile.Read(Path.Combine(context.OutputFolder, "stack.fits"));
        Assert.That(stack.Metadata.StackCount, Is.EqualTo(4));
        Assert.That(Directory.GetFiles(context.OutputFolder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "stack.fits", "preview.jpg", "thumbnail.jpg", "report.html", "result.json" }));
        Assert.That(context.Reports.Select(report => report.Phase).Distinct(), Is.EqualTo(new[] { "read", "register", "integrate", "write" }));
        Assert.That(context.Reports.Select(report => report.Message), Has.Some.Match(@"^Frame 4/4 registered \(\d+ stars\)$"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Framing_quality_and_rejected_frames_reach_the_result(CancellationToken cancellation)
    {
        SaveFrames(4);
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"], RejectFrames = "stars>100000, rms>3", Best = "3", Framing = StackFraming.Max }), context);
        var result = context.ReadResult();
        var rejected = result.GetProperty("left_out")[0];
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("framing").GetString(), Is.EqualTo("max"));
            Assert.That(result.GetProperty("coverage_map").GetString(), Is.EqualTo("coverage.fits"));
            Assert.That(File.Exists(Path.Combine(context.OutputFolder, "coverage.fits")));
            Assert.That(result.GetProperty("canvas_left").GetInt32(), Is.LessThanOrEqualTo(0));
            Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(3));
            Assert.That(rejected.GetProperty("reason").GetString(), Does.StartWith("not among the best 3: place 4 of 4"));
            Assert.That(rejected.GetProperty("stars").GetInt32(), Is.GreaterThan(10));
            Assert.That(result.GetProperty("frames")[0].GetProperty("transparency").GetDouble(), Is.EqualTo(1).Within(0.05));
            Assert.That(result.GetProperty("frames")[1].GetProperty("transform").GetString(), Is.EqualTo("shift").Or.EqualTo("similarity"));
        });
    }

    [Test, CancelAfter(60_000)]
    public async Task A_picture_is_cut_to_where_enough_frames_lie(CancellationToken cancellation)
    {
        SaveFrames(4);
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"], Framing = StackFraming.Max, Autocrop = true, CropCoverage = 100, Trim = "2,3,310,230" }), context);
        var result = context.ReadResult();
        using var coverage = ImageFile.Read(Path.Combine(context.OutputFolder, "coverage.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("autocrop").GetProperty("least_frames").GetInt32(), Is.EqualTo(4));
            Assert.That(result.GetProperty("autocrop").GetProperty("from_width").GetInt32(), Is.GreaterThan(result.GetProperty("width").GetInt32()));
            Assert.That(result.GetProperty("frames")[0].GetProperty("width").GetInt32(), Is.EqualTo(310));
            Assert.That(coverage.Plane(0).ToArray(), Is.All.EqualTo(4));
        });
    }

    [Test, CancelAfter(30_000)]
    public async Task What_was_rejected_is_told_and_shown(CancellationToken cancellation)
    {
        SaveFrames(6);
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"], High = 2.5, RejectionMaps = true }), context);
        var result = context.ReadResult();
        var rejection = result.GetProperty("rejection");
        Assert.Multiple(() =>
        {
            Assert.That(rejection.GetProperty("method").GetString(), Is.EqualTo("winsorized"));
            Assert.That(result.GetProperty("normalization").GetString(), Is.EqualTo("additive_scaling"));
            Assert.That(result.GetProperty("frames")[0].GetProperty("normalized")[0].GetProperty("factor").GetDouble(), Is.EqualTo(1).Within(0.1));
            Assert.That(result.GetProperty("frames")[0].GetProperty("weight").GetDouble(), Is.EqualTo(1));
            Assert.That(rejection.GetProperty("low").GetDouble(), Is.EqualTo(3));
            Assert.That(rejection.GetProperty("high").GetDouble(), Is.EqualTo(2.5));
            Assert.That(rejection.GetProperty("rejected_high").GetDouble(), Is.Positive.And.LessThan(0.1));
            Assert.That(result.GetProperty("frames")[0].GetProperty("rejected_low").GetDouble(), Is.Positive.And.LessThan(0.1));
            Assert.That(File.Exists(Path.Combine(context.OutputFolder, rejection.GetProperty("low_map").GetString()!)));
            Assert.That(File.Exists(Path.Combine(context.OutputFolder, rejection.GetProperty("high_map").GetString()!)));
        });
    }

    [Test, CancelAfter(30_000)]
    public async Task Masters_are_made_of_a_folder_kept_in_the_store_and_told(CancellationToken cancellation)
    {
        SaveFrames(2);
        Directory.CreateDirectory(Folder.File("darks"));
        for (var i = 0; i < 3; i++)
        {
            using var dark = new Imaging.Frame(Sky.Width, Sky.Height, 1, new Imaging.FrameMetadata { Exposure = TimeSpan.FromSeconds(20) });
            dark.Plane(0).Fill(0.02f);
            ImageFile.Write(Folder.File("darks", $"d{i}.fits"), dark, Imaging.SampleFormat.UInt16);
        }
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancellation);
        var parameters = Prepare(new StackParameters { Images = ["night"], Dark = ["darks"], Bias = ["0"] });
        Assert.That((parameters.Masters!.Dark.Count, parameters.Masters.BiasLevel), Is.EqualTo((3, 0.0)));
        await RunAsync(parameters, context);
        var calibration = context.ReadResult().GetProperty("calibration");
        Assert.Multiple(() =>
        {
            Assert.That(calibration.GetProperty("masters")[0].GetProperty("kind").GetString(), Is.EqualTo("dark"));
            Assert.That(calibration.GetProperty("masters")[0].GetProperty("files").GetInt32(), Is.EqualTo(3));
            Assert.That(calibration.GetProperty("masters")[0].GetProperty("exposure_s").GetDouble(), Is.EqualTo(20));
            Assert.That(calibration.GetProperty("dark_scale_max").GetDouble(), Is.EqualTo(0.5));
            Assert.That(Directory.GetFiles(context.CacheFolder).Select(Path.GetFileName).Single(), Does.StartWith("dark-"));
            Assert.That(File.ReadAllText(Path.Combine(Folder.File("input"), "manifest.json")), Does.Contain("d2.fits"));
        });
        using var stack = ImageFile.Read(Path.Combine(context.OutputFolder, "stack.fits"));
        Assert.That(stack.Metadata.History, Has.Some.EqualTo("dark: 3 frames, d0.fits").And.Some.EqualTo("dark scaled by 0.500 to 0.500"));
    }

    [Test, CancelAfter(30_000)]
    public void A_cancelled_stack_leaves_no_result([Values("read", "register", "integrate")] string phase, CancellationToken cancellation)
    {
        SaveFrames(4);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var context = new FolderJobContext(Folder.File("job"), cancellation: cancel.Token)
        {
            Reported = progress =>
            {
                if (progress.Phase == phase)
                    cancel.Cancel();
            },
        };
        Assert.That(() => RunAsync(Prepare(new StackParameters { Images = ["night"] }), context), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFileSystemEntries(context.OutputFolder), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(context.WorkFolder), Is.Empty);
    }
}
