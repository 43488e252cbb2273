using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>What holds of every stack, from the files to the file.</summary>
public sealed class StackPropertyTests
{
    private const int Width = 240;
    private const int Height = 180;
    private const int Count = 6;
    private const float Brighter = 0.02f;

    private static readonly StackRejection[] Rules = [.. Enum.GetValues<StackRejection>().Except([StackRejection.Auto])];

    private readonly MadeSky _sky = new(11, Width, Height, 120, margin: 40);
    private TempFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeFrames()
    {
        _folder = new TempFolder();
        for (var i = 0; i < Count; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i * 1.7, i * -1.3, i * 0.05), i);
            if (i == 3)
                frame.Row(0, 60)[20..200].Fill(0.9f); // a trail
            ImageFile.Write(_folder.File($"f{i}.fits"), frame, SampleFormat.Float32);
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Frames_in_any_order_give_the_same_picture([ValueSource(nameof(Rules))] StackRejection rejection)
    {
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(7).Shuffle(order);
        var inOrder = Stack(rejection, [.. Enumerable.Range(0, Count)]);
        var shuffled = Stack(rejection, order);
        Assert.That(order, Is.Not.Ordered);
        // Sums that go by rank do not change a bit; a plain mean adds frame after frame.
        Assert.That(shuffled, Is.EqualTo(inOrder).Within(rejection == StackRejection.None ? 1e-6 : 0));
    }

    [Test]
    public void Of_two_three_or_four_frames_every_rejection_leaves_a_picture([ValueSource(nameof(Rules))] StackRejection rejection, [Values(2, 3, 4)] int frames)
    {
        var picture = Stack(rejection, [.. Enumerable.Range(0, frames)], StackFraming.Min);
        var mean = Stack(StackRejection.None, [.. Enumerable.Range(0, frames)], StackFraming.Min);
        Assert.That(picture, Has.None.NaN);
        Assert.That(picture.Average(), Is.EqualTo(mean.Average()).Within(frames == 4 ? 0.002 : 0.0005), "the sky; of four the trail may go");
        Assert.That(picture.Max(), Is.EqualTo(mean.Max()).Within(frames == 4 ? 25 : 1).Percent);
    }

    /// <summary>Pixels of a floating-point file that hold no data, and clipped ones of a file of whole numbers.</summary>
    [Test]
    public void What_holds_no_data_or_is_saturated_stays_out_of_level_and_mean([Values(StackRejection.Sigma, StackRejection.Winsorized)] StackRejection rejection)
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 5; i++)
        {
            using var frame = _sky.Draw(PixelMap.Identity, i);
            if (i == 2)
            {
                for (var y = 0; y < Height; y++)
                {
                    foreach (ref var sample in frame.Row(0, y))
                        sample += Brighter;
                }
                for (var y = 40; y < 140; y++)
                    frame.Row(0, y)[30..150].Fill(float.NaN);
            }
            if (i == 3)
                frame.Row(0, 100)[160..170].Fill(1);
            ImageFile.Write(folder.File($"f{i}.fits"), frame, i == 3 ? SampleFormat.UInt16 : SampleFormat.Float32);
        }
        var picture = Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, 5).Select(i => new StackInput(folder.File($"f{i}.fits")))],
            Alignment = StackAlignment.None,
            Rejection = rejection,
            WorkFolder = folder.File("work"),
            OutputPath = folder.File("stack.fits"),
        }, out var report);
        using var clean = _sky.Draw(PixelMap.Identity, 4);
        Assert.That(picture, Has.None.NaN);
        Assert.That(Enumerable.Range(160, 10).Select(x => picture[(100 * Width) + x]), Is.EqualTo(clean.Row(0, 100)[160..170].ToArray()).Within(0.03), "the four others' mean");
        Assert.That(report.Used.SelectMany(frame => frame.Normalized).Select(scaling => scaling.Factor), Is.All.EqualTo(1).Within(0.05), "scatter of the sky");
        var levels = report.Used.Select((frame, i) => (frame.Normalized[0].Factor * (_sky.Background + (i == 2 ? Brighter : 0))) + frame.Normalized[0].Offset);
        Assert.That(levels, Is.All.EqualTo(levels.First()).Within(0.0005), "its level, though one frame is brighter");
    }

    /// <summary>As a mount leaves frames that has passed the meridian.</summary>
    [TestCase(0.4)]
    [TestCase(-4.6)]
    public void A_frame_upside_down_is_drawn_as_the_upright_one(double degrees)
    {
        var pictures = new List<float[]>();
        foreach (var isUpsideDown in (ReadOnlySpan<bool>)[false, true])
        {
            using var folder = new TempFolder();
            ImageFile.Write(folder.File("f0.fits"), _sky.Draw(PixelMap.Identity, 0), SampleFormat.Float32);
            using var frame = _sky.Draw(_sky.Camera(6.3, -4.8, degrees), 1);
            if (isUpsideDown)
                frame.Plane(0).Reverse();
            ImageFile.Write(folder.File("f1.fits"), frame, SampleFormat.Float32);
            pictures.Add(Run(
                new StackRequest
                {
                    Inputs = [new StackInput(folder.File("f0.fits")), new StackInput(folder.File("f1.fits"))],
                    Registration = new RegistrationRequest { Reference = folder.File("f0.fits"), Transform = TransformModel.Similarity },
                    WorkFolder = folder.File("work"),
                    OutputPath = folder.File("stack.fits"),
                },
                out _));
        }
        var peak = pictures[0].Max();
        Assert.That(pictures[1], Is.EqualTo(pictures[0]).Within(0.01 * peak));
        Assert.That(pictures[1].Zip(pictures[0], (one, other) => Math.Abs(one - other)).Average(), Is.LessThan(1e-4 * peak));
    }

    private float[] Stack(StackRejection rejection, int[] order, StackFraming framing = StackFraming.Reference)
    {
        using var output = new TempFolder();
        return Run(new StackRequest
        {
            Inputs = [.. order.Select(i => new StackInput(_folder.File($"f{i}.fits")))],
            Registration = new RegistrationRequest { Reference = _folder.File("f0.fits"), Framing = framing },
            Rejection = rejection,
            WorkFolder = output.File("work"),
            OutputPath = output.File("stack.fits"),
        }, out _);
    }

    private static float[] Run(StackRequest request, out StackReport report)
    {
        report = Stacker.Run(request with { Threads = 2, MemoryBytes = 64 << 20 });
        using var picture = ImageFile.Read(request.OutputPath);
        return picture.Plane(0).ToArray();
    }
}
