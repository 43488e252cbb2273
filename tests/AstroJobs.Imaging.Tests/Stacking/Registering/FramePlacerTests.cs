using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Drizzling;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>Where frames come to lie on the result: half a pixel amiss, and every position measured on it is.</summary>
public sealed class FramePlacerTests
{
    private const int Width = 300;
    private const int Height = 200;

    private static readonly RegisteredFrame[] Three = [MadeFrames.Moved(0, 0, Width, Height), MadeFrames.Moved(10, -20, Width, Height), MadeFrames.Moved(-5, 8, Width, Height)];

    [TestCase(1.5)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_pixel_of_the_reference_becomes_a_square_of_finer_ones_with_its_middle_where_it_was(double scale)
    {
        var placed = Place(new RegistrationRequest { Drizzle = new DrizzleRequest(scale, 1) });
        Assert.That((placed.Canvas.Width, placed.Canvas.Height), Is.EqualTo(((int)(Width * scale), (int)(Height * scale))));
        // A picture's first pixel reaches from −½ to ½, whatever its scale: edges fall on edges.
        foreach (var (x, y) in new[] { (-0.5, -0.5), (Width - 0.5, Height - 0.5), (12.25, 80.75) })
        {
            var (u, v) = placed.Frames[0].ToCanvas.ToReference(x, y);
            Assert.That(((u + 0.5) / scale, (v + 0.5) / scale), Is.EqualTo((x + 0.5, y + 0.5)).Using<(double, double)>(static (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9));
        }
    }

    [Test]
    public void A_cut_is_told_after_what_else_is_to_be_known_of_the_frames()
    {
        var placed = Place(new RegistrationRequest { Framing = StackFraming.Max, CropShare = 1 });
        Assert.That(placed.Notes, Is.EqualTo(new[] { "one frame is turned", "cut from 315 by 228 to 285 by 172 pixels: 3 of 3 frames or more show each of them" }));
        Assert.That(placed.Frames[1].ToCanvas.ToReference(0, 28), Is.EqualTo((0.0, 0.0)), "the second frame's first column, and the first row that the third shows");
    }

    [Test]
    public void A_picture_that_all_frames_show_in_full_is_said_to_be_whole() =>
        Assert.That(
            FramePlacer.Place(new RegisteredFrames([Three[0], Three[0]], Three[0], []), new RegistrationRequest { CropShare = 1 }, static _ => { }).Notes,
            Is.EqualTo(new[] { "nothing was cut off: 2 frames or more show every pixel" }));

    [Test]
    public void Where_every_frame_was_left_out_that_is_told_and_not_a_framing_that_none_can_have() =>
        Assert.That(FramePlacer.Place(new RegisteredFrames([], Three[0], ["they were left out"]), new RegistrationRequest { Framing = StackFraming.Max, CropShare = 1 }, static _ => { }).Notes, Is.EqualTo(new[] { "they were left out" }));

    private static PlacedFrames Place(RegistrationRequest request) => FramePlacer.Place(new RegisteredFrames(Three, Three[0], ["one frame is turned"]), request, static _ => { });
}
