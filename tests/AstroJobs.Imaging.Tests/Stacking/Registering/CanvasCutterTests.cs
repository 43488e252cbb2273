using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>Seams that a cut leaves in are seen at once, and pixels that it takes too many are lost: it is right to the pixel, also where it was found in coarser cells.</summary>
public sealed class CanvasCutterTests
{
    private const int Width = 901;
    private const int Height = 700;

    [TestCase(1, 101, 53, 764, 647)] // what all three show
    [TestCase(0.6, 0, 53, 901, 647)] // what two show: the first with the third on the left and with the second on the right
    public void Frames_that_are_moved_only_are_cut_where_they_end(double share, int left, int top, int width, int height)
    {
        RegisteredFrame[] frames = [Moved(0, 0), Moved(101, 53), Moved(-36, 29)];
        var cut = CanvasCutter.Cut(StackCanvas.Of(StackFraming.Max, frames, frames[0]), frames, share);
        Assert.That((cut.Left, cut.Top, cut.Width, cut.Height), Is.EqualTo((left, top, width, height)));
    }

    /// <summary>The frames show more on every side; the reference's own rectangle was asked for.</summary>
    [Test]
    public void A_cut_keeps_within_the_framing()
    {
        RegisteredFrame[] frames = [Moved(0, 0), Moved(-50, -40), Moved(50, 40), Moved(-50, 40), Moved(50, -40)];
        var cut = CanvasCutter.Cut(StackCanvas.Of(StackFraming.Reference, frames, frames[0]), frames, 0.4);
        Assert.That((cut.Left, cut.Top, cut.Width, cut.Height), Is.EqualTo((0, 0, Width, Height)));
    }

    [Test]
    public void Every_pixel_of_a_cut_is_shown_by_enough_frames_and_nothing_could_be_added(
        [Values(0.5, 0.8, 1)] double share, [Values(-4, -1.3, 1.3, 4)] double degrees, [Values(0, 1)] int seed)
    {
        var random = new Random(seed);
        RegisteredFrame[] frames = [.. Enumerable.Range(0, 5).Select(i => MadeFrames.Turned(degrees * (0.5 + random.NextDouble()), 90 * random.NextDouble(), 90 * random.NextDouble(), Width, Height))];
        var whole = StackCanvas.Of(StackFraming.Max, frames, frames[0]);
        var cut = CanvasCutter.Cut(whole, frames, share);
        var least = cut.Cut!.LeastFrames;
        Assert.Multiple(() =>
        {
            Assert.That(least, Is.EqualTo((int)Math.Ceiling(share * 5)));
            Assert.That(Row(0).Concat(Row(cut.Height - 1)).Concat(Column(0)).Concat(Column(cut.Width - 1)).Min(), Is.GreaterThanOrEqualTo(least), "the rim");
            Assert.That(new[] { Row(-1).Min(), Row(cut.Height).Min(), Column(-1).Min(), Column(cut.Width).Min() }, Is.All.LessThan(least), "a line more");
        });

        IEnumerable<int> Row(int y) => Enumerable.Range(0, cut.Width).Select(x => Count(x, y));
        IEnumerable<int> Column(int x) => Enumerable.Range(0, cut.Height).Select(y => Count(x, y));
        int Count(int x, int y) => frames.Count(frame => Shows(frame, x + cut.Left, y + cut.Top));
    }

    /// <summary>Where a frame shows a pixel of the reference between its own pixels, not beside them.</summary>
    private static bool Shows(RegisteredFrame frame, int x, int y) =>
        frame.ToCanvas.ToFrame(x, y) is var (u, v) && u is >= -1e-6 and <= Width - 1 + 1e-6 && v is >= -1e-6 and <= Height - 1 + 1e-6;

    private static RegisteredFrame Moved(double dx, double dy) => MadeFrames.Moved(dx, dy, Width, Height);
}
