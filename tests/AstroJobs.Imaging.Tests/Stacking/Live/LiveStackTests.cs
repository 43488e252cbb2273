using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Live;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Live;

public sealed class LiveStackTests : FolderFixture
{
    private const int Frames = 10;

    private readonly MadeSky _sky = new(1, 320, 240, 150, margin: 60);

    [Test]
    public void Frame_by_frame_it_comes_to_the_mean_of_all()
    {
        Draw();
        using (var live = Open(StackRejection.None))
        {
            AddAll(live, 0, Frames);
            var report = live.Publish();
            Assert.That(report.Used.Select(frame => frame.ShiftX).Last(), Is.EqualTo(2.3 * (Frames - 1)).Within(0.1));
        }
        using var grown = ImageFile.Read(Folder.File("stack.fits"));
        Stacker.Run(Request(StackRejection.None) with { Registration = new RegistrationRequest { Reference = Path(0) }, Normalization = StackNormalization.AdditiveScaling });
        using var whole = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(Differences(grown, whole).Max(), Is.LessThan(2e-6));
        Assert.That(grown.Metadata.StackCount, Is.EqualTo(Frames));
    }

    /// <summary>A satellite on the second frame is the greatest sample, on the eighth it is too far from the mean of the seven before.</summary>
    [Test]
    public void A_satellite_stays_out_whenever_it_comes([Values(1, 7)] int at)
    {
        Draw();
        using (var frame = ImageFile.Read(Path(at)))
        {
            for (var x = 0; x < frame.Width; x++)
                frame.Row(0, 100)[x] += 0.3f;
            ImageFile.Write(Path(at), frame);
        }
        using var live = Open(StackRejection.Auto);
        AddAll(live, 0, Frames);
        var report = live.Publish();
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var y = (int)Math.Round(100 + report.Used[at].ShiftY);
        var sky = result.Row(0, y)[60..300].ToArray().Order().ToArray();
        Assert.That(sky[sky.Length / 2], Is.EqualTo(_sky.Background).Within(_sky.Noise / 2), "a tenth of the satellite would be six sigma");
    }

    [Test]
    public void Another_run_goes_on_from_what_was_kept_to_the_same_picture()
    {
        Draw();
        using (var live = Open(StackRejection.Auto))
        {
            AddAll(live, 0, Frames);
            live.Publish();
        }
        var expected = File.ReadAllBytes(Folder.File("stack.fits"));
        File.Delete(Folder.File("stack.fits"));
        using (var live = Open(StackRejection.Auto))
        {
            AddAll(live, 0, 6);
            live.KeepNowAndThen();
            AddAll(live, 6, 8); // lost
        }
        using var resumed = Open(StackRejection.Auto, resumes: true);
        Assert.That(Enumerable.Range(0, Frames).Select(i => resumed.Knows(Path(i))), Is.EqualTo(Enumerable.Range(0, Frames).Select(i => i < 6)));
        AddAll(resumed, 6, Frames);
        resumed.Publish();
        Assert.That(File.ReadAllBytes(Folder.File("stack.fits")), Is.EqualTo(expected));
    }

    [Test]
    public void Of_what_was_kept_there_is_one_copy_of_the_pixels_and_the_frames_left_out_are_known()
    {
        Draw();
        var told = new List<KeptWork>();
        using (var live = new LiveStack(Request(StackRejection.Auto) with { Checkpoint = new CheckpointRequest(Kept, TimeSpan.Zero, Resumes: false) { Saved = told.Add } }, CancellationToken.None))
        {
            for (var i = 0; i < 4; i++)
            {
                AddAll(live, i, i + 1);
                live.KeepNowAndThen();
            }
            live.GiveUp(Path(8), "it is torn");
            live.KeepNowAndThen();
        }
        Assert.That(told.Select(static work => (work.Part, work.Frames)), Is.EqualTo(((int[])[1, 2, 3, 4, 4]).Select(static frames => (KeptPart.Frames, frames))));
        Assert.That(Directory.GetFiles(Kept, "pixels-*").Select(System.IO.Path.GetFileName), Is.EqualTo(new[] { "pixels-000004.kept" }), "a night's worth of copies would fill the card");
        using var resumed = Open(StackRejection.Auto, resumes: true);
        Assert.That((resumed.Added, resumed.LeftOut, resumed.Knows(Path(8))), Is.EqualTo((4, 1, true)));
    }

    [Test]
    public void Nothing_is_kept_before_its_time()
    {
        Draw();
        using (var live = new LiveStack(Request(StackRejection.Auto) with { Checkpoint = new CheckpointRequest(Kept, TimeSpan.FromHours(1), Resumes: false) }, CancellationToken.None))
        {
            AddAll(live, 0, 3);
            live.KeepNowAndThen();
        }
        Assert.That(Directory.GetFiles(Kept, "*.kept").Select(System.IO.Path.GetFileName), Is.SubsetOf(new[] { "reference.kept" }));
    }

    [TestCase("state.kept")]
    [TestCase("reference.kept")]
    [TestCase("pixels-000003.kept")]
    public void What_was_kept_and_is_damaged_is_not_gone_on_from(string file)
    {
        KeepThree();
        File.WriteAllBytes(System.IO.Path.Combine(Kept, file), File.ReadAllBytes(System.IO.Path.Combine(Kept, file))[..^5]);
        if (file.StartsWith("pixels", StringComparison.Ordinal))
            File.Delete(System.IO.Path.Combine(Kept, file));
        using var resumed = Open(StackRejection.Auto, resumes: true);
        Assert.That(resumed.Added, Is.Zero, "all frames are added again by their files");
        AddAll(resumed, 0, 3);
    }

    [Test]
    public void What_another_request_left_or_one_that_begins_anew_is_dropped()
    {
        KeepThree();
        using (var other = Open(StackRejection.None, resumes: true))
            Assert.That(other.Added, Is.Zero, "its samples were rejected by another rule");
        using (var anew = Open(StackRejection.Auto))
            Assert.That(anew.Added, Is.Zero);
        using var late = Open(StackRejection.Auto, resumes: true);
        Assert.That(late.Added, Is.Zero, "it is gone");
    }

    [Test]
    public void Pixels_whose_frames_were_not_recorded_any_more_do_not_matter()
    {
        KeepThree();
        File.WriteAllBytes(System.IO.Path.Combine(Kept, "pixels-000005.kept"), [1, 2, 3]); // killed while it kept five
        using var resumed = Open(StackRejection.Auto, resumes: true);
        Assert.That(resumed.Added, Is.EqualTo(3));
        AddAll(resumed, 3, 5);
        resumed.KeepNowAndThen();
        using var again = Open(StackRejection.Auto, resumes: true);
        Assert.That(again.Added, Is.EqualTo(5));
    }

    [Test]
    public void What_cannot_be_read_yet_or_laid_on_the_first_is_told_apart()
    {
        Draw();
        File.WriteAllBytes(Folder.File("half.fits"), File.ReadAllBytes(Path(1))[..20_000]);
        using (var other = new MadeSky(77, 320, 240, 150).Draw(Imaging.Registration.PixelMap.Identity))
            ImageFile.Write(Folder.File("other.fits"), other);
        using var live = Open(StackRejection.Auto);
        AddAll(live, 0, 2);
        var half = live.Add(new StackInput(Folder.File("half.fits")), CancellationToken.None);
        var elsewhere = live.Add(new StackInput(Folder.File("other.fits")), CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That((half.IsUnreadable, half.Reason), Is.EqualTo((true, half.Reason)));
            Assert.That(live.Knows(Folder.File("half.fits")), Is.False);
            Assert.That(elsewhere.IsUnreadable, Is.False);
            Assert.That(elsewhere.Reason, Does.StartWith("it cannot be registered on f0.fits"));
            Assert.That((live.Added, live.LeftOut), Is.EqualTo((2, 1)));
        });
    }

    [Test]
    public void A_frame_cancelled_on_the_way_leaves_the_picture_as_it_was()
    {
        Draw();
        using var live = Open(StackRejection.Auto);
        AddAll(live, 0, 3);
        live.Publish();
        var before = File.ReadAllBytes(Folder.File("stack.fits"));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.That(() => live.Add(new StackInput(Path(3)), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        live.Publish();
        Assert.That(File.ReadAllBytes(Folder.File("stack.fits")), Is.EqualTo(before));
    }

    private string Kept => Folder.File("work", "stack");

    private void KeepThree()
    {
        Draw();
        using var live = Open(StackRejection.Auto);
        AddAll(live, 0, 3);
        live.KeepNowAndThen();
    }

    private string Path(int index) => Folder.File($"f{index}.fits");

    private void Draw()
    {
        for (var i = 0; i < Frames; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i * 2.3, i * -1.1, i * 0.1), i);
            ImageFile.Write(Path(i), frame);
        }
    }

    private LiveStack Open(StackRejection rejection, bool resumes = false)
    {
        var request = Request(rejection);
        return new LiveStack(request with { Checkpoint = new CheckpointRequest(Kept, TimeSpan.Zero, resumes) }, CancellationToken.None);
    }

    private StackRequest Request(StackRejection rejection) => new()
    {
        Inputs = [.. Enumerable.Range(0, Frames).Select(i => new StackInput(Path(i)))],
        Rejection = rejection,
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        PreviewPath = Folder.File("preview.jpg"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };

    private void AddAll(LiveStack live, int first, int end)
    {
        for (var i = first; i < end; i++)
            Assert.That(live.Add(new StackInput(Path(i)), CancellationToken.None).Reason, Is.Null);
    }

    private static IEnumerable<float> Differences(Frame a, Frame b)
    {
        var (left, right) = (a.Plane(0).ToArray(), b.Plane(0).ToArray());
        Assert.That(left.Select(float.IsNaN), Is.EqualTo(right.Select(float.IsNaN)));
        return left.Zip(right, (x, y) => float.IsNaN(x) ? 0 : Math.Abs(x - y));
    }
}
