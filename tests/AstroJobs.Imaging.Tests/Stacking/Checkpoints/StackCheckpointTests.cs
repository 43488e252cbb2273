using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Checkpoints;

/// <summary>A stack that is stopped at any place goes on to the same picture, and does nothing twice that it kept.</summary>
public sealed class StackCheckpointTests : FolderFixture
{
    private const int Frames = 6;

    private readonly MadeSky _sky = new(1, 480, 360, 250, margin: 60);

    /// <summary>PNGs come through the scratch file, FITS from their own; calibrated ones come through it as floats.</summary>
    [Test]
    public void Stopped_anywhere_it_goes_on_to_the_same_picture([Values(".png", ".fits", "calibrated")] string sort, [Values(2, 9)] int stopAfter)
    {
        var request = Request(sort);
        Stacker.Run(request with { Checkpoint = null });
        var expected = Products();
        Stop(request, stopAfter);
        Assert.That(File.Exists(Folder.File("stack.fits")), Is.False);

        var told = new List<StackProgress>();
        var report = Stacker.Run(request with { Checkpoint = request.Checkpoint! with { Resumes = true } }, new Listener(told.Add));
        Assert.Multiple(() =>
        {
            Assert.That(Products(), Is.EqualTo(expected));
            Assert.That(told.Count(progress => progress.Message.EndsWith("kept from the run before", StringComparison.Ordinal)), Is.EqualTo(Math.Min(stopAfter, Frames)));
            if (stopAfter > Frames)
                Assert.That(told.First(progress => progress.Phase == StackPhase.Integrate).Current, Is.EqualTo(stopAfter - Frames + 1));
            Assert.That(report.Used.Sum(frame => frame.RejectedHigh), Is.GreaterThan(0));
            Assert.That(Directory.Exists(Folder.File("work", "stack")), Is.False);
        });
    }

    /// <summary>Each way of stacking has its own passes over the frames, and none of them is begun again.</summary>
    [TestCase(KeptPart.Ground, 2)]
    [TestCase(KeptPart.Mask, 1)]
    [TestCase(KeptPart.Backgrounds, 1)]
    [TestCase(KeptPart.Sky, 3)]
    [TestCase(KeptPart.Model, 2)]
    [TestCase(KeptPart.Result, 2, "drizzle")]
    [TestCase(KeptPart.Shifts, 1)]
    [TestCase(KeptPart.Result, 2, "trails")]
    public void What_a_pass_has_done_is_not_done_again(KeptPart part, int count, string? sort = null)
    {
        var request = With(Request(".fits"), sort ?? part switch { KeptPart.Model => "drizzle", KeptPart.Shifts => "surface", _ => "landscape" });
        Stacker.Run(request with { Checkpoint = null });
        var expected = Products();
        var kept = new List<KeptWork>();
        Stop(request, work => work.Part == part, count, kept.Add);
        var last = kept[^1];
        Assert.That((last.Part, kept.Count(work => work.Part == part)), Is.EqualTo((part, count)));

        kept.Clear();
        Stacker.Run(request with { Checkpoint = request.Checkpoint! with { Resumes = true, Saved = kept.Add } });
        Assert.Multiple(() =>
        {
            Assert.That(Products(), Is.EqualTo(expected));
            Assert.That(kept.Where(work => work.Part < part || (work.Part == part && work.Rows <= last.Rows)), Is.Empty);
            Assert.That(kept.Any(work => work.Part == part), Is.EqualTo(last.Rows > 0), "the rest of it is done");
        });
    }

    /// <summary>A pass may be over sooner than anything is saved.</summary>
    [Test]
    public void What_was_done_since_the_last_save_is_saved_with_the_next()
    {
        var request = Request(".fits");
        var every = TimeSpan.FromMilliseconds(200);
        using (var checkpoint = StackCheckpoint.Open(request with { Checkpoint = request.Checkpoint! with { Every = every } }, 1 << 20)!)
        {
            checkpoint.Remember(KeptPart.Mask, "mask", () => new[] { 1f, 2f });
            Thread.Sleep(every);
            checkpoint.Remember(KeptPart.Backgrounds, "backgrounds", () => new[] { 4f });
        }
        using var resumed = StackCheckpoint.Open(request with { Checkpoint = request.Checkpoint! with { Resumes = true } }, 1 << 20)!;
        Assert.That(resumed.Remember(KeptPart.Mask, "mask", () => new[] { 3f }), Is.EqualTo(new[] { 1f, 2f }));
        Assert.That(resumed.Remember(KeptPart.Mask, "another mask", () => new[] { 3f }), Is.EqualTo(new[] { 3f }));
    }

    [Test]
    public void A_mask_that_was_painted_over_makes_the_picture_anew()
    {
        var request = With(Request(".fits"), "landscape");
        using var mask = new Frame(_sky.Width, _sky.Height, 1);
        mask.Plane(0)[..(_sky.Width * 200)].Fill(1);
        ImageFile.Write(Folder.File("mask.png"), mask, SampleFormat.UInt8);
        request = request with { Landscape = request.Landscape! with { MaskPath = Folder.File("mask.png") } };
        Stop(request, work => work.Part == KeptPart.Sky, 3);
        mask.Plane(0)[..(_sky.Width * 100)].Clear();
        ImageFile.Write(Folder.File("mask.png"), mask, SampleFormat.UInt8);
        File.SetLastWriteTimeUtc(Folder.File("mask.png"), DateTime.UtcNow + TimeSpan.FromSeconds(5));
        Stacker.Run(request with { Checkpoint = request.Checkpoint! with { Resumes = true } });
        var resumed = Products();
        Stacker.Run(request with { Checkpoint = null });
        Assert.That(resumed, Is.EqualTo(Products()));
    }

    [Test]
    public void A_frame_that_has_changed_is_read_again_and_so_is_the_picture()
    {
        var request = Request(".png");
        Stop(request, 10);
        Save(2, ".png", exposure: 99);
        File.SetLastWriteTimeUtc(Folder.File("f2.png"), DateTime.UtcNow + TimeSpan.FromSeconds(5));
        var told = new List<StackProgress>();
        Stacker.Run(request with { Checkpoint = request.Checkpoint! with { Resumes = true } }, new Listener(told.Add));
        var resumed = Products();
        Assert.That(told.Count(progress => progress.Message.EndsWith("kept from the run before", StringComparison.Ordinal)), Is.EqualTo(Frames - 1));
        Assert.That(told.First(progress => progress.Phase == StackPhase.Integrate).Current, Is.EqualTo(1));

        Stacker.Run(request with { Checkpoint = null });
        Assert.That(Products(), Is.EqualTo(resumed));
    }

    [Test]
    public void A_spoilt_checkpoint_is_passed_over()
    {
        var request = Request(".png");
        Stop(request, 10);
        foreach (var file in Directory.GetFiles(Folder.File("work", "stack"), "*.kept"))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        var told = new List<StackProgress>();
        Stacker.Run(request with { Checkpoint = request.Checkpoint! with { Resumes = true } }, new Listener(told.Add));
        Assert.That(told.Select(progress => progress.Message), Has.None.EndsWith("kept from the run before"));
        var resumed = Products();
        Stacker.Run(request with { Checkpoint = null });
        Assert.That(Products(), Is.EqualTo(resumed));
    }

    [Test]
    public void A_stack_that_is_soon_over_leaves_nothing()
    {
        var request = Request(".png") with { Checkpoint = new CheckpointRequest(Folder.File("work", "stack"), TimeSpan.FromHours(1), Resumes: false) };
        using var cancel = new CancellationTokenSource();
        Assert.That(() => Stacker.Run(request, new Listener(progress => cancel.Cancel()), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.Exists(Folder.File("work", "stack")), Is.False);
    }

    private StackRequest Request(string sort)
    {
        var ending = sort == "calibrated" ? ".fits" : sort;
        for (var i = 0; i < Frames; i++)
            Save(i, ending, i);
        using (var dark = new Frame(_sky.Width, _sky.Height, 1, new FrameMetadata { Exposure = TimeSpan.FromSeconds(7) }))
            ImageFile.Write(Folder.File("dark.fits"), dark, SampleFormat.UInt16);
        return new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, Frames).Select(i => new StackInput(Folder.File($"f{i}{ending}")))],
            Calibration = sort == "calibrated" ? new CalibrationRequest { Dark = [Folder.File("dark.fits")], BiasLevel = 0, CacheFolder = Folder.File("cache") } : null,
            Rejection = StackRejection.Winsorized,
            RejectionMaps = new RejectionMapPaths(Folder.File("low.fits"), Folder.File("high.fits")),
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            PreviewPath = Folder.File("preview.jpg"),
            Checkpoint = new CheckpointRequest(Folder.File("work", "stack"), TimeSpan.Zero, Resumes: false),
            Threads = 1,
            MemoryBytes = 64 << 20,
        };
    }

    private StackRequest With(StackRequest request, string sort) => sort switch
    {
        "landscape" => request with { Landscape = new LandscapeRequest(null, 12), RejectionMaps = null, Threads = 2 },
        "drizzle" => request with { Registration = new RegistrationRequest { Drizzle = new DrizzleRequest(1.5, 0.8) { WeightsPath = Folder.File("weights.fits") } } },
        "surface" => request with { Alignment = StackAlignment.Surface },
        "trails" => request with { Mode = StackMode.Max, Alignment = StackAlignment.None, Trails = new TrailRequest(FillGaps: true, TrailFade.Out), Rejection = StackRejection.None, RejectionMaps = null },
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    /// <summary>Over a fence that stands still.</summary>
    private void Save(int index, string ending, int exposure)
    {
        using var frame = _sky.Draw(_sky.Camera(index * 2.3, index * -1.1, index * 0.1), exposure);
        _sky.AddStar(frame, 0, 50 + (40 * index), 100, 40); // in one frame only
        for (var y = 300; y < frame.Height; y++)
        {
            for (var x = 0; x < frame.Width; x++)
                frame.Row(0, y)[x] = x / 6 % 2 == 0 ? 0.3f : 0.05f;
        }
        frame.Metadata = frame.Metadata with { DateObs = new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(14 * index) };
        ImageFile.Write(Folder.File($"f{index}{ending}"), frame, SampleFormat.UInt16);
    }

    /// <summary>Runs until so much has been kept, as often as it was, and no further: what is on disk then is what a killed process leaves.</summary>
    private static void Stop(StackRequest request, int after) => Stop(request, _ => true, after);

    /// <param name="counts">Which saves count.</param>
    /// <param name="told">Is told all of them.</param>
    private static void Stop(StackRequest request, Predicate<KeptWork> counts, int after, Action<KeptWork>? told = null)
    {
        using var cancel = new CancellationTokenSource();
        var saved = 0;
        var checkpoint = request.Checkpoint! with
        {
            Saved = work =>
            {
                told?.Invoke(work);
                if (counts(work) && ++saved == after)
                    cancel.Cancel();
                cancel.Token.ThrowIfCancellationRequested();
            },
        };
        Assert.That(() => Stacker.Run(request with { Checkpoint = checkpoint }, null, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>And away with them.</summary>
    private byte[][] Products()
    {
        var paths = new[] { "stack.fits", "low.fits", "high.fits", "weights.fits", "preview.jpg" }.Select(name => Folder.File(name)).Where(File.Exists).ToArray();
        var bytes = paths.Select(File.ReadAllBytes).ToArray();
        foreach (var path in paths)
            File.Delete(path);
        return bytes;
    }

    private sealed class Listener(Action<StackProgress> heard) : IProgress<StackProgress>
    {
        public void Report(StackProgress value)
        {
            lock (this)
                heard(value);
        }
    }
}
