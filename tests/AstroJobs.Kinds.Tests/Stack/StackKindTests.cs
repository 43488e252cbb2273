using System.Text.Json;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Stack;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Stack;

public sealed class StackKindTests
{
    private readonly MadeSky _sky = new(1, 320, 240, 150, margin: 60);
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("fwmh>1.5x", null, null, "write a measure (stars, fwhm, round")]
    [TestCase(null, "120%", null, "80%")]
    [TestCase(null, null, "1,2,3", "x0,y0@t0,x1,y1@t1")]
    public void Choices_that_are_not_understood_are_refused_at_submit(string? reject, string? best, string? comet, string told)
    {
        SaveFrames(2);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night"], RejectFrames = reject, Best = best, Comet = comet }),
            Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput).And.Message.Contains(told));
    }

    [Test]
    public void Frames_are_not_chosen_by_stars_that_are_not_looked_for()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Align = StackAlignment.None };
        Assert.That(() => Prepare(parameters with { RejectFrames = "fwhm>1.5x" }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput));
        Assert.That(() => Prepare(parameters with { Best = "50%" }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput));
        Assert.That(Prepare(parameters with { RejectFrames = "background>2x" }).RejectFrames, Is.EqualTo("background>2x"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Framing_quality_and_rejected_frames_reach_the_result(CancellationToken cancellation)
    {
        SaveFrames(4);
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation);
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
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation);
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

    [Test]
    public void What_cannot_be_cut_is_refused_at_submit()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Autocrop = true, Trim = "0,0,300,200" };
        StackParameters[] refused =
        [
            parameters with { CropCoverage = 0 },
            parameters with { CropCoverage = 101 },
            parameters with { Autocrop = false, CropCoverage = 50 },
            parameters with { Foreground = true },
            parameters with { Live = true },
            parameters with { Trim = "0,0,300" },
            parameters with { Trim = "-1,0,300,200" },
            parameters with { Trim = "0,0,0,200" },
            parameters with { Overscan = OverscanUse.Subtract, Bias = ["512"] },
        ];
        Assert.That(Prepare(parameters).CropCoverage, Is.EqualTo(80));
        foreach (var wrong in refused)
            Assert.That(() => Prepare(wrong), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput), wrong.ToString());
    }

    [Test]
    public void What_cannot_be_drizzled_is_refused_at_submit()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Drizzle = 2, PixelFraction = 0.7 };
        StackParameters[] refused =
        [
            parameters with { Drizzle = 0.5 },
            parameters with { Drizzle = 3.5 },
            parameters with { PixelFraction = 0.05 },
            parameters with { PixelFraction = 1.5 },
            parameters with { Drizzle = null },
            parameters with { Mode = StackMode.Median },
            parameters with { RejectionMaps = true },
            parameters with { Normalize = StackNormalization.Local },
            parameters with { Resample = ResamplingKernel.Bicubic },
            parameters with { CoverageMap = true },
        ];
        Assert.That(Prepare(parameters).Drizzle, Is.EqualTo(2));
        foreach (var wrong in refused)
            Assert.That(() => Prepare(wrong), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput).And.Message.StartsWith("This cannot be done: "));
    }

    [Test]
    public void What_pictures_aligned_as_a_whole_cannot_do_is_refused_at_submit()
    {
        SaveFrames(2);
        var parameters = new StackParameters { Images = ["night"], Align = StackAlignment.Surface };
        StackParameters[] refused =
        [
            parameters with { Transform = TransformModel.Affine },
            parameters with { Weights = StackWeighting.Snr },
            parameters with { RejectFrames = "fwhm>2x" },
            parameters with { Comet = "1,2@2026-11-21T19:00,3,4@2026-11-21T20:00" },
            parameters with { Align = StackAlignment.Stars, RejectFrames = "sharpness<0.8x" },
        ];
        Assert.That(Prepare(parameters with { RejectFrames = "sharpness<0.8x", Best = "50%" }).Best, Is.EqualTo("50%"));
        foreach (var wrong in refused)
            Assert.That(() => Prepare(wrong), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput));
    }

    [Test]
    public void A_reference_is_a_number_a_file_or_a_name_of_an_input()
    {
        SaveFrames(3);
        var path = _folder.File("night", "f1.fits");
        foreach (var said in new[] { "2", "f1.fits", "night/f1.fits", path })
            Assert.That(Prepare(new StackParameters { Images = ["night"], Reference = said }).Reference, Is.EqualTo(path), said);
        Assert.That(Prepare(new StackParameters { Images = ["night"] }).Reference, Is.EqualTo("auto"));
        foreach (var said in new[] { "0", "4", "f7.fits" })
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], Reference = said }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput), said);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_folder_of_frames_becomes_a_picture_a_preview_and_a_result(CancellationToken cancellation)
    {
        SaveFrames(4);
        File.WriteAllText(_folder.File("night", "torn.fits"), "not a picture");
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"] }), context);

        var result = context.ReadResult();
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("output").GetString(), Is.EqualTo("stack.fits"));
            Assert.That(result.GetProperty("preview").GetString(), Is.EqualTo("preview.jpg"));
            Assert.That(result.GetProperty("mode").GetString(), Is.EqualTo("mean"));
            Assert.That(result.GetProperty("requested").GetInt32(), Is.EqualTo(5));
            Assert.That(result.GetProperty("used").GetInt32(), Is.EqualTo(4));
            Assert.That(result.GetProperty("left_out")[0].GetProperty("path").GetString(), Is.EqualTo(_folder.File("night", "torn.fits")));
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

    [Test, CancelAfter(30_000)]
    public async Task The_frames_that_a_burst_lists_are_stacked(CancellationToken cancellation)
    {
        SaveFrames(3);
        File.WriteAllText(_folder.File("night", "result.json"), """{"files":[{"frame":1,"file":"f1.fits"},{"frame":3,"file":"f2.fits"}]}""");
        var burst = JobId.New(TimeProvider.System);
        var submit = new CallerContext(_folder.Path);
        var parameters = new StackKind().Prepare(new StackParameters { FromJob = burst.ToString() }, submit);
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation) { Outputs = new Dictionary<JobId, string> { [burst] = _folder.File("night") } };
        await RunAsync(parameters, context);
        Assert.That(submit.WaitedFor, Is.EqualTo(new[] { burst }));
        Assert.That(
            context.ReadResult().GetProperty("frames").EnumerateArray().Select(frame => Path.GetFileName(frame.GetProperty("path").GetString())),
            Is.EqualTo(new[] { "f1.fits", "f2.fits" }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Products_of_an_earlier_stack_in_the_folder_are_left_out(CancellationToken cancellation)
    {
        SaveFrames(3);
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation);
        await RunAsync(Prepare(new StackParameters { Images = ["night"] }), context);
        foreach (var product in new[] { "stack.fits", "preview.jpg" })
            File.Copy(Path.Combine(context.OutputFolder, product), _folder.File("night", product));
        await RunAsync(Prepare(new StackParameters { Images = ["night"] }), context);
        var leftOut = context.ReadResult().GetProperty("left_out").EnumerateArray().ToArray();
        Assert.That(leftOut.Select(frame => Path.GetFileName(frame.GetProperty("path").GetString())), Is.EqualTo(new[] { "preview.jpg", "stack.fits" }));
        Assert.That(leftOut.Select(frame => frame.GetProperty("reason").GetString()), Is.All.StartsWith("a stack made by this program"));
    }

    [Test]
    public void Submit_lists_the_files_it_refers_to()
    {
        SaveFrames(3);
        File.WriteAllText(_folder.File("list.txt"), "# tonight\nnight/f2.fits\n\nnight/*.fits\n");
        var submit = new CallerContext(_folder.Path);
        var parameters = new StackKind().Prepare(new StackParameters { ListFile = "list.txt" }, submit);
        Assert.That(parameters.Frames.Select(frame => Path.GetFileName(frame.Path)), Is.EqualTo(new[] { "f2.fits", "f0.fits", "f1.fits" }));
        Assert.That(parameters.Frames.Select(frame => frame.Named), Is.EqualTo(new[] { true, false, false }));
        Assert.That(parameters.ListFile, Is.EqualTo(_folder.File("list.txt")));
        var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(submit.InputFolder, "manifest.json"))).RootElement;
        Assert.That(manifest.GetProperty("version").GetInt32(), Is.EqualTo(1));
        var file = manifest.GetProperty("files")[1];
        Assert.That(file.GetProperty("path").GetString(), Is.EqualTo(_folder.File("night", "f0.fits")));
        Assert.That(file.GetProperty("size_bytes").GetInt64(), Is.EqualTo(new FileInfo(_folder.File("night", "f0.fits")).Length));
        Assert.That(file.GetProperty("modified_at").GetString(), Does.EndWith("Z"));
    }

    [Test]
    public void A_link_is_listed_with_the_size_and_the_time_of_what_it_leads_to()
    {
        SaveFrames(2);
        var frame = new FileInfo(_folder.File("night", "f0.fits")) { LastWriteTimeUtc = new DateTime(2026, 11, 20, 1, 2, 3, DateTimeKind.Utc) };
        File.CreateSymbolicLink(_folder.File("night", "link.fits"), frame.FullName);
        var submit = new CallerContext(_folder.Path);
        new StackKind().Prepare(new StackParameters { Images = ["night/link.fits", "night/f1.fits"] }, submit);
        var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(submit.InputFolder, "manifest.json"))).RootElement.GetProperty("files")[0];
        Assert.That(file.GetProperty("path").GetString(), Is.EqualTo(_folder.File("night", "link.fits")));
        Assert.That(file.GetProperty("size_bytes").GetInt64(), Is.EqualTo(frame.Length));
        Assert.That(file.GetProperty("modified_at").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(frame.LastWriteTimeUtc)));
    }

    [Test]
    public void Parameters_survive_the_way_through_job_json()
    {
        SaveFrames(2);
        var parameters = Prepare(new StackParameters { Images = ["night"], Mode = StackMode.Median, Align = StackAlignment.None, MemoryBytes = 1 << 30 });
        var json = JsonSerializer.SerializeToElement(parameters, StackJson.Default.StackParameters);
        Assert.That(json.GetProperty("mode").GetString(), Is.EqualTo("median"));
        Assert.That(json.GetProperty("align").GetString(), Is.EqualTo("none"));
        Assert.That(json.GetProperty("output_name").GetString(), Is.EqualTo("stack.fits"));
        Assert.That(JsonSerializer.Serialize(json.Deserialize(StackJson.Default.StackParameters)!, StackJson.Default.StackParameters), Is.EqualTo(json.GetRawText()));
    }

    [TestCase("", ErrorCode.BadInput)]
    [TestCase("a/stack.fits", ErrorCode.BadInput)]
    [TestCase("../stack.fits", ErrorCode.BadInput)]
    [TestCase(".fits", ErrorCode.BadInput)]
    [TestCase("stack.gif", ErrorCode.BadInput)]
    [TestCase("preview.jpg", ErrorCode.BadInput)]
    public void A_name_that_no_result_can_have_is_refused(string name, string code)
    {
        SaveFrames(2);
        Assert.That(() => Prepare(new StackParameters { Images = ["night"], OutputName = name }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(code));
    }

    [Test, CancelAfter(30_000)]
    public async Task What_was_rejected_is_told_and_shown(CancellationToken cancellation)
    {
        SaveFrames(6);
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation);
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

    [TestCase(StackMode.Median, StackRejection.Sigma, null)]
    [TestCase(StackMode.Mean, StackRejection.Sigma, -1)]
    [TestCase(StackMode.Mean, StackRejection.Percentile, 3)]
    [TestCase(StackMode.Mean, StackRejection.Gesd, 3)]
    public void A_rejection_that_means_nothing_is_refused_at_submit(StackMode mode, StackRejection rejection, double? low)
    {
        SaveFrames(2);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night"], Mode = mode, Rejection = rejection, Low = low }),
            Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput));
    }

    [TestCase(StackMode.Max, StackAlignment.Stars, StackWeighting.Noise)]
    [TestCase(StackMode.Mean, StackAlignment.None, StackWeighting.Fwhm)]
    public void Weights_that_mean_nothing_are_refused_at_submit(StackMode mode, StackAlignment align, StackWeighting weights)
    {
        SaveFrames(2);
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night"], Mode = mode, Align = align, Weights = weights }),
            Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput));
    }

    [Test]
    public void Under_two_pictures_are_refused_at_submit()
    {
        SaveFrames(1);
        Assert.That(() => Prepare(new StackParameters()), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput));
        Assert.That(
            () => Prepare(new StackParameters { Images = ["night/f0.fits", "night"] }),
            Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput).And.Message.Contains("only one"));
    }

    [Test]
    public void Too_little_memory_is_refused_at_submit()
    {
        SaveFrames(2);
        Assert.That(() => Prepare(new StackParameters { Images = ["night"], MemoryBytes = 1000 }), Throws.TypeOf<JobException>().With.Message.Contains("16 MiB"));
    }

    [Test, CancelAfter(30_000)]
    public void Under_two_usable_frames_the_input_is_bad(CancellationToken cancellation)
    {
        SaveFrames(1);
        File.WriteAllText(_folder.File("night", "torn.fits"), "not a picture");
        Assert.That(
            () => RunAsync(Prepare(new StackParameters { Images = ["night"] }), new FolderJobContext(_folder.File("job"), cancellation: cancellation)),
            Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.BadInput).And.Message.Contains("torn.fits"));
    }

    [Test, CancelAfter(30_000)]
    public void A_cancelled_stack_leaves_no_result([Values("read", "register", "integrate")] string phase, CancellationToken cancellation)
    {
        SaveFrames(4);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancel.Token)
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

    [Test, CancelAfter(30_000)]
    public async Task Masters_are_made_of_a_folder_kept_in_the_store_and_told(CancellationToken cancellation)
    {
        SaveFrames(2);
        Directory.CreateDirectory(_folder.File("darks"));
        for (var i = 0; i < 3; i++)
        {
            using var dark = new Imaging.Frame(_sky.Width, _sky.Height, 1, new Imaging.FrameMetadata { Exposure = TimeSpan.FromSeconds(20) });
            dark.Plane(0).Fill(0.02f);
            ImageFile.Write(_folder.File("darks", $"d{i}.fits"), dark, Imaging.SampleFormat.UInt16);
        }
        var context = new FolderJobContext(_folder.File("job"), cancellation: cancellation);
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
            Assert.That(File.ReadAllText(Path.Combine(_folder.File("input"), "manifest.json")), Does.Contain("d2.fits"));
        });
        using var stack = ImageFile.Read(Path.Combine(context.OutputFolder, "stack.fits"));
        Assert.That(stack.Metadata.History, Has.Some.EqualTo("dark: 3 frames, d0.fits").And.Some.EqualTo("dark scaled by 0.500 to 0.500"));
    }

    [Test]
    public void Options_that_need_another_are_refused()
    {
        SaveFrames(2);
        Assert.Multiple(() =>
        {
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], DarkOptimize = true, Dark = ["night/f0.fits"] }), Throws.TypeOf<JobException>().With.Message.Contains("needs a dark and a bias"));
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], DarkFlat = ["night/f0.fits"] }), Throws.TypeOf<JobException>().With.Message.Contains("there are none"));
            Assert.That(() => Prepare(new StackParameters { Images = ["night"], Flat = ["flats"] }), Throws.TypeOf<JobException>().With.Property("Code").EqualTo(ErrorCode.ImageNotFound));
        });
    }

    [Test]
    public void It_takes_the_cores_for_itself() => Assert.That(new StackKind().SlotsFor(new StackParameters()), Is.EqualTo(new[] { "cpu" }));

    [Test]
    public void It_is_in_the_list_of_kinds() => Assert.That(JobKinds.CreateAll(), Has.Some.InstanceOf<StackKind>());

    private StackParameters Prepare(StackParameters parameters) => new StackKind().Prepare(parameters, new CallerContext(_folder.Path));

    private static Task RunAsync(StackParameters parameters, JobContext context) => new StackRun(parameters, context).RunAsync();

    private void SaveFrames(int count)
    {
        Directory.CreateDirectory(_folder.File("night"));
        for (var i = 0; i < count; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i * 3), i);
            ImageFile.Write(_folder.File("night", $"f{i}.fits"), frame, Imaging.SampleFormat.UInt16);
        }
    }
}
