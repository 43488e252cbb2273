using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Indi;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Cameras.Indi;

/// <summary>What a frame says of itself that its driver sent without a word.</summary>
public sealed class FrameCardsTests : FolderFixture
{
    private static readonly DateTimeOffset Equinox = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_frame_names_its_camera_its_mount_and_where_that_points()
    {
        var told = Told(FrameCards.Of("ZWO ASI294", FrameType.Light, Equinox, TimeSpan.FromSeconds(2.5), [Mount("EQMod Mount", "5.5", "-5.25")]));
        Assert.Multiple(() =>
        {
            Assert.That((told.Camera, told.Telescope, told.FrameType), Is.EqualTo(("ZWO ASI294", "EQMod Mount", "light")));
            Assert.That((told.DateObs, told.Exposure), Is.EqualTo(((DateTimeOffset?)Equinox, (TimeSpan?)TimeSpan.FromSeconds(2.5))));
            Assert.That((told.RaDeg, told.DecDeg), Is.EqualTo(((double?)82.5, (double?)-5.25)));
        });
    }

    [Test]
    public void A_mount_that_does_not_know_where_it_points_is_named_all_the_same()
    {
        var told = Told(FrameCards.Of("CCD", FrameType.Dark, Equinox, TimeSpan.FromSeconds(1), [Mount("Dome's mount of a name that is far longer than any card of a header has room for", "", "")]));
        Assert.That(told.Telescope, Does.StartWith("Dome s mount of a name that is far longer than any card"));
        Assert.That((told.RaDeg, told.FrameType), Is.EqualTo(((double?)null, "dark")));
    }

    [Test]
    public void Without_a_mount_there_is_no_telescope() =>
        Assert.That(FrameCards.Of("CCD", FrameType.Light, Equinox, TimeSpan.FromSeconds(1), []).Select(card => card.Key), Is.EqualTo(new[] { "DATE-OBS", "EXPTIME", "INSTRUME", "IMAGETYP" }));

    private static IndiProperty Mount(string device, string ra, string dec) => new(
        device, "EQUATORIAL_EOD_COORD", "Number", "Ok", new Dictionary<string, IndiElement> { ["RA"] = new("RA", "", ra, 0, 24), ["DEC"] = new("DEC", "", dec, -90, 90) }, 1);

    private FrameMetadata Told(IReadOnlyList<(string, string)> cards)
    {
        var path = Folder.File("frame.fits");
        using (var frame = new Frame(20, 10, 1))
            ImageFile.Write(path, frame, SampleFormat.UInt16);
        FitsCards.Complete(path, cards);
        using var read = ImageFile.Open(path);
        return read.Info.Metadata;
    }
}
