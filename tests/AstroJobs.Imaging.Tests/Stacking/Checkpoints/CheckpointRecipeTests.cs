using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Outliers;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Checkpoints;

/// <summary>What was kept counts only for the same work: whatever is asked, given or found otherwise makes another recipe.</summary>
public sealed class CheckpointRecipeTests : FolderFixture
{
    private StackRequest Request => new()
    {
        Inputs = [],
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Checkpoint = new CheckpointRequest(Folder.File("kept"), TimeSpan.Zero, Resumes: true),
        Threads = 2,
    };

    [Test]
    public void A_look_at_a_frame_counts_for_the_same_request_alone()
    {
        var frame = Made("frame.fits");
        var dark = Made("dark.fits");
        var masters = new CalibrationRequest { CacheFolder = Folder.File("cache") };
        StackRequest[] requests =
        [
            Request,
            Request with { Mode = StackMode.Median },
            Request with { Rejection = StackRejection.Mad },
            Request with { RejectionLimits = new RejectionLimits(2, 3) },
            Request with { RejectionLimits = new RejectionLimits(3, 2) },
            Request with { Normalization = StackNormalization.Additive },
            Request with { Weighting = StackWeighting.Noise },
            Request with { Alignment = StackAlignment.Surface },
            Request with { Demosaic = DemosaicMethod.Rcd },
            Request with { Trim = new TrimRequest(OverscanUse.Subtract) },
            Request with { Trim = new TrimRequest(OverscanUse.Trim, new FrameArea(0, 0, 5, 5)) },
            Request with { Registration = new RegistrationRequest { Reference = "f" } },
            Request with { Registration = new RegistrationRequest { Best = new BestShare(80, true) } },
            Request with { Registration = new RegistrationRequest { Kernel = ResamplingKernel.Nearest } },
            Request with { Registration = new RegistrationRequest { Drizzle = new DrizzleRequest(2, 0.7) } },
            Request with { Registration = new RegistrationRequest { Drizzle = new DrizzleRequest(2, 0.8) } },
            Request with { Trails = new TrailRequest(FillGaps: true, TrailFade.None) },
            Request with { Landscape = new LandscapeRequest(null, 3) },
            Request with { Landscape = new LandscapeRequest(null, 4) },
            Request with { Landscape = new LandscapeRequest(dark, 4) },
            Request with { Calibration = masters },
            Request with { Calibration = masters with { BiasLevel = 3 } },
            Request with { Calibration = masters with { OptimizeDark = true } },
            Request with { Calibration = masters with { Bias = (string[])[dark] } },
            Request with { Calibration = masters with { Dark = (string[])[dark] } },
            Request with { Calibration = masters with { Dark = (string[])[frame] } },
            Request with { Calibration = masters with { Flat = (string[])[dark] } },
            Request with { Calibration = masters with { DarkFlat = (string[])[dark] } },
        ];
        var keys = requests.Select(request => KeyOf(request, frame)).ToList();

        Assert.That(keys, Is.Unique);
        Assert.That(KeyOf(Request, frame), Is.EqualTo(keys[0]), "the same again");
        Assert.That(KeyOf(Request, dark), Is.Not.EqualTo(keys[0]), "another file");
    }

    [Test]
    public void A_file_that_has_changed_makes_another_recipe([Values("frame.fits", "dark.fits", "mask.fits")] string changed)
    {
        string[] files = ["frame.fits", "dark.fits", "mask.fits"];
        foreach (var file in files)
            Made(file);
        var request = Request with
        {
            Calibration = new CalibrationRequest { Dark = [Folder.File("dark.fits")], CacheFolder = Folder.File("cache") },
            Landscape = new LandscapeRequest(Folder.File("mask.fits"), 3),
        };
        var before = KeyOf(request, Folder.File("frame.fits"));
        File.SetLastWriteTimeUtc(Folder.File(changed), DateTime.UtcNow - TimeSpan.FromHours(1));
        Assert.That(KeyOf(request, Folder.File("frame.fits")), Is.Not.EqualTo(before));
    }

    [Test]
    public void Strips_count_for_the_same_plan_the_same_way_of_combining_and_the_same_places_of_the_frames_alone()
    {
        var path = Made("frame.fits");
        var plan = new StripPlan(100, 80, 1, 16, 100, 2, HasMaps: false, null, ResamplingKernel.Lanczos4, HasCoverage: false, null);
        var way = new Integration(StackMode.Mean, 2) { Weights = new[] { 1f, 1f }, Fits = [[SampleFit.None], [SampleFit.None]], SmallestSigma = 0.001f };
        RegisteredFrame[] frames = [Frame(path, PixelMap.Identity), Frame(path, PixelMap.Identity)];
        (StripPlan Plan, Integration Way, RegisteredFrame[] Frames)[] works =
        [
            (plan, way, frames),
            (plan with { Rows = 8 }, way, frames),
            (plan with { TileWidth = 64 }, way, frames),
            (plan with { Width = 101 }, way, frames),
            (plan with { Kernel = ResamplingKernel.Bilinear }, way, frames),
            (plan, way with { Mode = StackMode.Sum }, frames),
            (plan, way with { Rejection = StackRejection.Sigma }, frames),
            (plan, way with { Limits = new RejectionLimits(2, 2.5) }, frames),
            (plan, way with { Limits = new RejectionLimits(2.5, 2) }, frames),
            (plan, way with { SmallestSigma = 0.002f }, frames),
            (plan, way with { Normalization = StackNormalization.Additive }, frames),
            (plan, way with { Weighting = StackWeighting.Noise }, frames),
            (plan, way with { Weights = new[] { 1f, 1.0000001f } }, frames),
            (plan, way with { Weights = new[] { 1.0000001f, 1f } }, frames),
            (plan, way with { Fits = [[SampleFit.None], [SampleFit.None with { Factor = 1.0000001f }]] }, frames),
            (plan, way with { Fits = [[SampleFit.None], [SampleFit.None with { Offset = 1e-7f }]] }, frames),
            (plan, way with { Fits = [[SampleFit.None], [SampleFit.None with { Ceiling = 0.9f }]] }, frames),
            (plan, way, [frames[0]]),
            (plan, way, [frames[0], Frame(Made("other.fits"), PixelMap.Identity)]),
            (plan, way, [frames[0], frames[1].Moved(1e-6, 0)]),
            (plan, way, [frames[0], frames[1].Moved(0, 1e-6)]),
            (plan, way, [frames[0], Frame(path, new PixelMap(1, 0, 0, 0, 1, 0, 1e-9, 0))]),
            (plan, way, [frames[0], Frame(path, new PixelMap(1, 0, 0, 0, 1 + 1e-9, 0))]),
        ];
        using var checkpoint = StackCheckpoint.Open(Request, 1 << 20)!;
        var recipes = works.Select(work => checkpoint.RecipeOf(new StackPass(work.Plan, work.Way, work.Frames))).ToList();
        Assert.That(recipes, Is.Unique);
        Assert.That(checkpoint.RecipeOf(new StackPass(plan with { }, way with { }, [.. frames])), Is.EqualTo(recipes[0]), "the same again");
        using var other = StackCheckpoint.Open(Request with { Weighting = StackWeighting.Stars }, 1 << 20)!;
        Assert.That(other.RecipeOf(new StackPass(plan, way, frames)), Is.Not.EqualTo(recipes[0]), "another request");
    }

    /// <summary>Strips that were cut by its budget are gone on with by the same.</summary>
    [Test]
    public void A_resumed_run_knows_what_the_first_saw_and_keeps_its_budget()
    {
        var frame = Made("frame.fits");
        Keep(frame, budget: 5000);
        using var resumed = StackCheckpoint.Open(Request, 7000)!;
        Assert.That((resumed.MemoryBytes, resumed.Calibrator.Notes.Single(), resumed.Calibrator.Scales), Is.EqualTo((5000L, "a note", ((double, double)?)(0.5, 2))));
        Assert.That(resumed.Find(frame)?.Field.Noise, Is.EqualTo(0.01));
    }

    [Test]
    public void For_another_request_and_for_a_run_that_begins_anew_there_is_nothing([Values] bool isAnew)
    {
        var frame = Made("frame.fits");
        Keep(frame, budget: 5000);
        var request = isAnew ? Request with { Checkpoint = Request.Checkpoint! with { Resumes = false } } : Request with { Weighting = StackWeighting.Noise };
        using (var checkpoint = StackCheckpoint.Open(request, 7000)!)
            Assert.That((checkpoint.MemoryBytes, checkpoint.Find(frame)), Is.EqualTo((7000L, (KeptLook?)null)));
        Assert.That(Directory.Exists(Folder.File("kept")), Is.False, "of what is of no use nothing is left");
    }

    /// <summary>What a killed run leaves.</summary>
    private void Keep(string frame, long budget)
    {
        var checkpoint = StackCheckpoint.Open(Request, budget)!;
        var look = new KeptLook(checkpoint.KeyOf(frame), new StarField(10, 8, [], 0.1, 0.01, 1), [], [], null, null);
        checkpoint.Add(look, new CalibratorState(["a note"], (0.5, 2)), static () => { });
        checkpoint.Dispose(); // which keeps what was saved
    }

    private static string KeyOf(StackRequest request, string path)
    {
        using var checkpoint = StackCheckpoint.Open(request, 1 << 20)!;
        return checkpoint.KeyOf(path);
    }

    private string Made(string name)
    {
        File.WriteAllText(Folder.File(name), name);
        return Folder.File(name);
    }

    private static RegisteredFrame Frame(string path, PixelMap map)
    {
        var info = new FrameInfo(100, 80, 1, SampleFormat.UInt16, FrameMetadata.None);
        return new RegisteredFrame(new InspectedFrame(0, path, info, new StarField(100, 80, [], 0.1, 0.01, 1), [], null!), FrameMap.Of(map, TransformModel.Homography), 0, 0);
    }
}
