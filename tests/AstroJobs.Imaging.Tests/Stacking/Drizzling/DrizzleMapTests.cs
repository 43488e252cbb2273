using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Drizzling;

/// <summary>Frames with defects at known places: where the maps of a drizzle count them.</summary>
public sealed class DrizzleMapTests : DrizzleFixture
{
    private const int Count = 10;
    private const int Scale = 2;
    private const double Sure = 0.1; // pixels of the result; stars tell places of frames much better

    private MadeSky _sky = null!;

    [Test]
    public void A_hot_and_a_dead_pixel_are_counted_where_their_drops_would_have_fallen([Values(0.5, 1)] double fraction, [Values] bool mosaic)
    {
        Make(mosaic, (index, frame) =>
        {
            if (index == 7)
                frame.Row(0, 120)[100] = 0.9f;
            if (index == 0)
                frame.Row(0, 90)[60] = 0.9f; // of the reference, whose drops end where pixels do
            if (index == 5)
                frame.Row(0, 61)[151] = 0; // red of a mosaic is the one, blue the other
        });
        Drizzle(fraction);
        Assert.Multiple(() =>
        {
            AssertOneDrop("high.fits", index: 7, 100, 120, channel: 0, fraction);
            AssertOneDrop("high.fits", index: 0, 60, 90, channel: 0, fraction);
            AssertOneDrop("low.fits", index: 5, 151, 61, channel: mosaic ? 2 : 0, fraction);
        });
    }

    [Test]
    public void The_trail_of_a_satellite_in_one_frame_is_drawn_once_without_gaps()
    {
        Make(mosaic: false, (index, frame) =>
        {
            for (var x = 5; x < Width - 5 && index == 3; x++)
            {
                for (var y = (x / 2) + 20; y < (x / 2) + 23; y++)
                    frame.Row(0, y)[x] += 0.15f;
            }
        });
        var report = Drizzle(1);
        using var high = ImageFile.Read(Folder.File("high.fits"));
        var camera = Camera(_sky, 3);
        var isOnIt = new bool[high.PixelCount];
        var onIt = new List<float>();
        for (var x = 30; x < Width - 30; x++)
        {
            var (skyX, skyY) = camera.Map(x, (x / 2) + 21);
            onIt.Add(high.Row(0, (int)Math.Round((Scale * skyY) + 0.5))[(int)Math.Round((Scale * skyX) + 0.5)]);
        }
        var all = high.Plane(0).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(onIt.Count(count => count == 1), Is.GreaterThan(0.97 * onIt.Count), "noise adds a frame here and there");
            Assert.That(onIt, Has.None.EqualTo(0));
            Assert.That(all.Count(count => count > 0), Is.EqualTo(Scale * Scale * 3 * (Width - 10)).Within(40).Percent, "its borders, and the tails of the noise");
            Assert.That(all.Max(), Is.LessThanOrEqualTo(3));
            Assert.That(report.Rejection.Maps, Is.Not.Null);
            Assert.That(high.Metadata.History, Has.Some.Contains("too bright"));
        });
    }

    private void Make(bool mosaic, Action<int, Frame> spoil)
    {
        _sky = SparseSky();
        for (var i = 0; i < Count; i++)
        {
            var frame = _sky.Draw(Camera(_sky, i), i, bayer: mosaic ? BayerPattern.Rggb : null);
            spoil(i, frame);
            Save(frame, $"f{i}.fits");
        }
    }

    private StackReport Drizzle(double fraction)
    {
        var request = Request(Count) with { RejectionLimits = new RejectionLimits(6, 6), RejectionMaps = new RejectionMapPaths(Folder.File("low.fits"), Folder.File("high.fits")) };
        return Stacker.Run(request with { Registration = request.Registration with { Drizzle = new DrizzleRequest(Scale, fraction) } });
    }

    /// <summary>One frame is counted on all pixels that the sample's square covers more than hardly, and none where it does not reach.</summary>
    private void AssertOneDrop(string name, int index, int column, int row, int channel, double fraction)
    {
        using var map = ImageFile.Read(Folder.File(name));
        var (skyX, skyY) = Camera(_sky, index).Map(column, row);
        var (x, y) = ((Scale * skyX) + 0.5, (Scale * skyY) + 0.5);
        for (var other = 0; other < map.Channels; other++)
        {
            for (var v = (int)y - 6; v <= y + 6; v++)
            {
                for (var u = (int)x - 6; u <= x + 6; u++)
                {
                    var inside = (0.5 * Scale * fraction) + 0.5 - Math.Max(Math.Abs(u - x), Math.Abs(v - y)); // how far the square reaches into the pixel
                    if (other != channel || inside < (index == 0 ? 1e-9 : -Sure))
                        Assert.That(map.Row(other, v)[u], Is.Zero, $"{name}, channel {other}, {u}, {v}");
                    else if (inside > Sure)
                        Assert.That(map.Row(other, v)[u], Is.EqualTo(1), $"{name}, {u}, {v}");
                }
            }
        }
    }
}
