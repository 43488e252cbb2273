using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>A stack that is stopped at any place goes on to the same picture, and does nothing twice that it kept.</summary>
public sealed class StackCheckpointTests
{
    private const int Frames = 6;

    private readonly MadeSky _sky = new(1, 480, 360, 250, margin: 60);
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>PNGs come through the scratch file, FITS from their own; calibrated ones come through it as floats.</summary>
    [Test]
    public void Stopped_anywhere_it_goes_on_to_the_same_picture([Values(".png", ".fits", "calibrated")] string sort, [Values(2, 9)] int stopAfter)
    {
        var request = Request(sort);
        Stacker.Run(request with { Checkpoint = null });
        var expected = Products();
        Stop(request, stopAfter);
        Assert.That(File.Exists(_folder.File("stack.fits")), Is.False);

        var told = new List<StackProgress>();
        var report = Stacker.Run(request with { Checkpoint = request.Checkpoint! with { Resumes = true } }, new Listener(told.Add));
        Assert.Multiple(() =>
        {
            Assert.That(Products(), Is.EqualTo(expected));
            Assert.That(told.Count(progress => progress.Message.EndsWith("kept from the run before", StringComparison.Ordinal)), Is.EqualTo(Math.Min(stopAfter, Frames)));
            if (stopAfter > Frames)
                Assert.That(told.First(progress => progress.Phase == StackPhase.Integrate).Current, Is.EqualTo(stopAfter - Frames + 1));
            Assert.That(report.Used.Sum(frame => frame.RejectedHigh), Is.GreaterThan(0));
            Assert.That(Directory.Exists(_folder.File("work", "stack")), Is.False);
        });
    }

    [Test]
    public void A_frame_that_has_changed_is_read_again_and_so_is_the_picture()
    {
        var request = Request(".png");
        Stop(request, 10);
        Save(2, ".png", exposure: 99);
        File.SetLastWriteTimeUtc(_folder.File("f2.png"), DateTime.UtcNow + TimeSpan.FromSeconds(5));
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
        foreach (var file in Directory.GetFiles(_folder.File("work", "stack"), "*.kept"))
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
        var request = Request(".png") with { Checkpoint = new CheckpointRequest(_folder.File("work", "stack"), TimeSpan.FromHours(1), Resumes: false) };
        using var cancel = new CancellationTokenSource();
        Assert.That(() => Stacker.Run(request, new Listener(progress => cancel.Cancel()), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.Exists(_folder.File("work", "stack")), Is.False);
    }

    private StackRequest Request(string sort)
    {
        var ending = sort == "calibrated" ? ".fits" : sort;
        for (var i = 0; i < Frames; i++)
            Save(i, ending, i);
        using (var dark = new Frame(_sky.Width, _sky.Height, 1, new FrameMetadata { Exposure = TimeSpan.FromSeconds(7) }))
            ImageFile.Write(_folder.File("dark.fits"), dark, SampleFormat.UInt16);
        return new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, Frames).Select(i => new StackInput(_folder.File($"f{i}{ending}")))],
            Calibration = sort == "calibrated" ? new CalibrationRequest { Dark = [_folder.File("dark.fits")], BiasLevel = 0, CacheFolder = _folder.File("cache") } : null,
            Rejection = StackRejection.Winsorized,
            RejectionMaps = new RejectionMapPaths(_folder.File("low.fits"), _folder.File("high.fits")),
            WorkFolder = _folder.File("work"),
            OutputPath = _folder.File("stack.fits"),
            PreviewPath = _folder.File("preview.jpg"),
            Checkpoint = new CheckpointRequest(_folder.File("work", "stack"), TimeSpan.Zero, Resumes: false),
            Threads = 1,
            MemoryBytes = 64 << 20,
        };
    }

    private void Save(int index, string ending, int exposure)
    {
        using var frame = _sky.Draw(_sky.Camera(index * 2.3, index * -1.1, index * 0.1), exposure);
        _sky.AddStar(frame, 0, 50 + (40 * index), 100, 40); // in one frame only
        ImageFile.Write(_folder.File($"f{index}{ending}"), frame, SampleFormat.UInt16);
    }

    /// <summary>Runs until so much has been kept, as often as it was, and no further: what is on disk then is what a killed process leaves.</summary>
    private static void Stop(StackRequest request, int after)
    {
        using var cancel = new CancellationTokenSource();
        var saved = 0;
        var checkpoint = request.Checkpoint! with
        {
            Saved = _ =>
            {
                if (++saved == after)
                    cancel.Cancel();
                cancel.Token.ThrowIfCancellationRequested();
            },
        };
        Assert.That(() => Stacker.Run(request with { Checkpoint = checkpoint }, null, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>And away with them.</summary>
    private byte[][] Products()
    {
        var paths = new[] { "stack.fits", "low.fits", "high.fits", "preview.jpg" }.Select(name => _folder.File(name)).ToArray();
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
