using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>How frames come to lie on each other, seen on whole stacks.</summary>
public sealed class RegistrationStackTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 360;

    [Test]
    public void Frames_of_a_bending_lens_are_stacked_sharp_to_the_corners()
    {
        var sky = new MadeSky(4, Width, Height, 900, margin: 200);
        var lens = new LensBend(3, Width / 2.0, Height / 2.0, Width / 2.0, [0, 0, 0, -0.03, 0, -0.03, 0], [0, 0, 0, 0, -0.03, 0, -0.03]);
        for (var i = 0; i < 4; i++)
        {
            var camera = sky.Camera(i * 22, i * -13, i * 2);
            Save(sky.Draw((x, y) => ThroughLens(lens, camera, x, y), i), $"f{i}.fits");
        }
        var report = Stack(Names(4), reference: "f0.fits");
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        var field = StarFinder.Find(result);
        var errors = new List<double>();
        foreach (var star in sky.Stars.Where(star => star.Flux > 4 && sky.Stars.All(other => other == star || Math.Abs(other.X - star.X) + Math.Abs(other.Y - star.Y) > 20)))
        {
            var (x, y) = ThroughLens(lens, sky.Camera(), star.X, star.Y);
            if (x is > 12 and < Width - 12 && y is > 12 and < Height - 12)
                errors.Add(field.Stars.Min(seen => Math.Sqrt(Math.Pow(seen.X - x, 2) + Math.Pow(seen.Y - y, 2))));
        }
        Assert.Multiple(() =>
        {
            Assert.That(report.LeftOut, Is.Empty);
            Assert.That(report.Used.Skip(1).Select(frame => frame.Transform), Is.All.EqualTo(TransformModel.Distortion));
            Assert.That(errors, Has.Count.GreaterThan(20));
            Assert.That(Math.Sqrt(errors.Average(error => error * error)), Is.LessThan(0.08));
            Assert.That(field.Fwhm, Is.EqualTo(sky.Fwhm).Within(6).Percent);
        });
    }

    [Test]
    public void A_bent_stack_does_not_depend_on_threads_or_memory()
    {
        var sky = new MadeSky(4, Width, Height, 900, margin: 200);
        var lens = new LensBend(3, Width / 2.0, Height / 2.0, Width / 2.0, [0, 0, 0, -0.03, 0, -0.03, 0], [0, 0, 0, 0, -0.03, 0, -0.03]);
        for (var i = 0; i < 3; i++)
        {
            var camera = sky.Camera(i * 22, i * -13, i * 2);
            Save(sky.Draw((x, y) => ThroughLens(lens, camera, x, y), i), $"f{i}.fits");
        }
        var results = new List<float[]>();
        foreach (var (threads, memory) in new[] { (1, 200 << 20), (3, 1 << 20) })
        {
            Stacker.Run(Request(Names(3)) with { Threads = threads, MemoryBytes = memory });
            using var result = ImageFile.Read(Folder.File("stack.fits"));
            results.Add(result.Plane(0).ToArray());
        }
        Assert.That(results[1], Is.EqualTo(results[0]));
    }

    [Test]
    public void The_order_of_the_frames_does_not_change_where_they_lie()
    {
        var sky = new MadeSky(6, Width, Height, 250, margin: 200);
        for (var i = 0; i < 5; i++)
            Save(sky.Draw(sky.Camera(i * 17, i * -9, i * 0.7), i), $"f{i}.fits");
        var forward = Stack(Names(5));
        var shuffled = Stack(["f3.fits", "f0.fits", "f4.fits", "f2.fits", "f1.fits"]);
        Assert.That(shuffled.Reference, Is.EqualTo(forward.Reference));
        Assert.That(
            shuffled.Used.OrderBy(frame => frame.Path, StringComparer.Ordinal).Select(Pose),
            Is.EqualTo(forward.Used.OrderBy(frame => frame.Path, StringComparer.Ordinal).Select(Pose)));

        static (string, double, double, double, double, int) Pose(StackedFrame frame) =>
            (frame.Path, frame.ShiftX, frame.ShiftY, frame.RotationDegrees, frame.RmsPixels, frame.Inliers);
    }

    [Test]
    public void A_sky_that_drifts_out_of_view_is_followed_from_frame_to_frame()
    {
        var sky = new MadeSky(7, Width, Height, 1500, margin: 2 * Width);
        for (var i = 0; i < 5; i++)
            Save(sky.Draw(sky.Camera(i * 0.45 * Width, 0, 0.3 * i), i), $"f{i}.fits");
        var report = Stack(Names(5), reference: "f0.fits");
        Assert.That(report.LeftOut, Is.Empty);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.That(report.Used[i].ShiftX, Is.EqualTo(i * 0.45 * Width).Within(0.3));
                Assert.That(report.Used[i].RotationDegrees, Is.EqualTo(0.3 * i).Within(0.05));
            }
            Assert.That(report.Notes, Has.Some.Contains("over another frame").And.Contains("f4.fits over f"));
        });
    }

    [Test]
    public void Turned_and_mirrored_frames_are_told()
    {
        var sky = new MadeSky(8, Width, Height, 250, margin: 200);
        Save(sky.Draw(sky.Camera(), 0), "f0.fits");
        Save(sky.Draw(sky.Camera(3, 2), 1), "f1.fits");
        Save(sky.Draw(sky.Camera(4, 2, 179.2), 2), "f2.fits");
        Save(sky.Draw(sky.Camera(4, 2, 90, mirrored: true), 3), "f3.fits");
        var report = Stack(Names(4), reference: "f0.fits");
        Assert.Multiple(() =>
        {
            Assert.That(report.Notes, Has.Some.EqualTo("1 of 4 frames is turned by half a turn against the reference (meridian flip): turned back (f2.fits)"));
            Assert.That(report.Notes, Has.Some.EqualTo("1 of 4 frames is mirrored against the reference: flipped back (f3.fits)"));
        });
    }

    [Test]
    public void The_reference_that_is_asked_for_is_taken_though_another_is_better()
    {
        var sky = new MadeSky(9, Width, Height, 250, margin: 200);
        for (var i = 0; i < 3; i++)
            Save(sky.Draw(sky.Camera(i * 5), i), $"f{i}.fits");
        var references = Names(3).Select(name => Path.GetFileName(Stack(Names(3), name).Reference));
        Assert.That(references, Is.EqualTo(Names(3)));
        File.WriteAllText(Folder.File("torn.fits"), "no picture");
        Assert.That(
            () => Stack([.. Names(3), "torn.fits"], "torn.fits"), Throws.TypeOf<StackException>().With.Message.Contains("torn.fits' is not among the frames that can be used"));
    }

    private static (double X, double Y) ThroughLens(LensBend lens, PixelMap camera, double x, double y)
    {
        (x, y) = camera.Inverse().Map(x, y);
        return lens.BendBack(x, y, x, y);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"f{i}.fits")];

    private void Save(Frame frame, string name)
    {
        ImageFile.Write(Folder.File(name), frame, SampleFormat.UInt16);
        frame.Dispose();
    }

    private StackReport Stack(string[] names, string? reference = null)
    {
        var request = Request(names);
        return Stacker.Run(request with { Registration = request.Registration with { Reference = reference is null ? null : Folder.File(reference) } });
    }

    private StackRequest Request(params string[] names) => new()
    {
        Inputs = [.. names.Select(name => new StackInput(Folder.File(name)))],
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };
}
