using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class FittedPictureTests : FolderFixture
{
    [TestCase(80, 20, 0, 8, 32, 8)] // wide: bars above and below, scaled down
    [TestCase(20, 80, 13, 0, 6, 24)] // tall
    [TestCase(8, 4, 0, 4, 32, 16)] // small: drawn larger
    public void A_picture_lies_whole_and_in_its_shape_in_the_middle_on_black(int width, int height, int left, int top, int wide, int high)
    {
        var canvas = Read(Save("white.png", width, height, (_, _, _) => 1), 32, 24);
        for (var y = 0; y < 24; y++)
            for (var x = 0; x < 32; x++)
                Assert.That(canvas[((y * 32) + x) * 3], Is.EqualTo(x >= left && x < left + wide && y >= top && y < top + high ? 255 : 0), $"at {x}, {y}");
    }

    [Test]
    public void Colours_and_the_top_row_stay_where_they_are()
    {
        var canvas = Read(Save("flag.png", 16, 16, (channel, x, y) => channel switch { 0 => x < 8 ? 1 : 0, 1 => y < 8 ? 1 : 0, _ => 0.2f }), 16, 16);
        Assert.Multiple(() =>
        {
            Assert.That(canvas[..3], Is.EqualTo(new byte[] { 255, 255, 51 }));
            Assert.That(canvas[^3..], Is.EqualTo(new byte[] { 0, 0, 51 }));
        });
    }

    [Test]
    public void The_date_stands_in_the_lower_left_corner_on_request()
    {
        using var frame = new Frame(640, 480, 3, FrameMetadata.None with { DateObs = new DateTimeOffset(2026, 11, 21, 22, 8, 7, TimeSpan.Zero) });
        ImageFile.Write(Folder.File("dated.fits"), frame, SampleFormat.UInt16);
        Assert.That(new FittedPicture(640, 480, PictureStretch.Off).Read(Folder.File("dated.fits")), Is.All.Zero);
        var dated = new FittedPicture(640, 480, PictureStretch.Off, hasDate: true).Read(Folder.File("dated.fits"));
        var drawn = Enumerable.Range(0, 640 * 480).Where(i => dated[3 * i] > 128).Select(i => (X: i % 640, Y: i / 640)).ToArray();
        Assert.That(drawn, Has.Length.GreaterThan(200));
        Assert.That(drawn.Select(place => place.X).Max(), Is.LessThan(320));
        Assert.That(drawn.Select(place => place.Y).Min(), Is.GreaterThan(440));
    }

    [Test]
    public void A_mosaic_is_shown_in_colour()
    {
        // Red sites high, the others low.
        using var frame = new Frame(32, 32, 1, FrameMetadata.None with { Bayer = BayerPattern.Rggb });
        for (var y = 0; y < 32; y++)
            for (var x = 0; x < 32; x++)
                frame.Row(0, y)[x] = x % 2 == 0 && y % 2 == 0 ? 0.8f : 0.1f;
        ImageFile.Write(Folder.File("mosaic.fits"), frame, SampleFormat.UInt16);
        var canvas = new FittedPicture(32, 32, PictureStretch.Off).Read(Folder.File("mosaic.fits"));
        var middle = canvas.AsSpan(((16 * 32) + 16) * 3, 3).ToArray();
        Assert.That(middle, Is.EqualTo(new byte[] { 204, 26, 26 }));
    }

    [TestCase(SampleFormat.UInt16, PictureStretch.Auto, true)]
    [TestCase(SampleFormat.UInt8, PictureStretch.Auto, false)]
    [TestCase(SampleFormat.UInt16, PictureStretch.Off, false)]
    [TestCase(SampleFormat.UInt8, PictureStretch.On, true)]
    public void Auto_brightens_what_has_more_than_eight_bits(SampleFormat format, PictureStretch stretch, bool isBright)
    {
        var random = new Random(1);
        var path = Save("dark.png", 64, 64, (_, _, _) => 0.04f + (0.01f * (float)random.NextDouble()), format);
        var mean = new FittedPicture(64, 64, stretch).Read(path).Average(value => value);
        Assert.That(mean, isBright ? Is.EqualTo(64).Within(12) : Is.EqualTo(11).Within(2));
    }

    [Test]
    public void The_date_is_written_where_the_file_says_one()
    {
        using var frame = new Frame(400, 300, 1, FrameMetadata.None with { DateObs = new DateTimeOffset(2026, 11, 21, 22, 3, 11, TimeSpan.Zero) });
        ImageFile.Write(Folder.File("dated.fits"), frame, SampleFormat.UInt8);
        var (plain, dated, undated) = (
            new FittedPicture(400, 300, PictureStretch.Off).Read(Folder.File("dated.fits")),
            new FittedPicture(400, 300, PictureStretch.Off, hasDate: true).Read(Folder.File("dated.fits")),
            new FittedPicture(400, 300, PictureStretch.Off, hasDate: true).Read(Save("undated.png", 400, 300, (_, _, _) => 0)));
        Assert.That(plain.Concat(undated), Is.All.Zero);
        var lit = Enumerable.Range(0, 400 * 300).Where(i => dated[3 * i] > 128).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(lit, Has.Length.GreaterThan(100));
            Assert.That(lit.Select(i => i / 400), Is.All.InRange(280, 296));
            Assert.That(lit.Max(i => i % 400), Is.LessThan(200));
        });
    }

    [Test]
    public void A_torn_file_is_an_error_for_people()
    {
        File.WriteAllText(Folder.File("torn.png"), "no picture");
        Assert.That(() => new FittedPicture(32, 32, PictureStretch.Auto).Read(Folder.File("torn.png")), Throws.InstanceOf<ImageException>());
    }

    private string Save(string name, int width, int height, Func<int, int, int, float> value, SampleFormat format = SampleFormat.UInt8)
    {
        using var frame = new Frame(width, height, 3);
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    frame.Row(channel, y)[x] = value(channel, x, y);
        ImageFile.Write(Folder.File(name), frame, format);
        return Folder.File(name);
    }

    private static byte[] Read(string path, int width, int height) => new FittedPicture(width, height, PictureStretch.Auto).Read(path);
}
