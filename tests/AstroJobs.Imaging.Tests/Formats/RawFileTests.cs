using AstroJobs.Imaging.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>Mosaics wrapped as DNG, and cameras' own files, judged by what was wrapped and by Debian's libraw-bin.</summary>
public sealed class RawFileTests : FolderFixture
{
    private const int Width = 48;
    private const int Height = 34;

    [Test]
    public void The_numbers_of_a_DNG_come_back_with_their_levels()
    {
        var path = Save(new DngBuilder(Width, Height, Number) { Black = [100, 110, 120, 130], White = 16000 });
        using var reader = ImageFile.Open(path);
        using var frame = reader.ReadFrame();
        Assert.Multiple(() =>
        {
            Assert.That((frame.Width, frame.Height, frame.Channels), Is.EqualTo((Width, Height, 1)));
            Assert.That(reader.Info.Metadata.Bayer, Is.EqualTo(BayerPattern.Rggb));
            Assert.That(Numbers(frame), Is.EqualTo(Enumerable.Range(0, Width * Height).Select(i => (int)Number(i % Width, i / Width))));
            Assert.That(reader.Levels!.Black.Select(Adu), Is.EqualTo(new[] { 100, 110, 120, 130 }));
            Assert.That(Adu(reader.Levels.White), Is.EqualTo(16000));
            Assert.That(reader.Levels.CameraWhiteBalance, Is.EqualTo(new[] { 2, 1, 1.25f }).Within(1e-3));
        });
    }

    [Test]
    public void A_DNG_tells_how_it_was_taken()
    {
        using var reader = ImageFile.Open(Save(new DngBuilder(Width, Height, Number)));
        var metadata = reader.Info.Metadata;
        Assert.That((metadata.Exposure, metadata.FocalLengthMm, metadata.Camera), Is.EqualTo((TimeSpan.FromSeconds(2.5), 135.0, "Made Mosaic 1")));
    }

    [TestCase("0,1,1,2", BayerPattern.Rggb)]
    [TestCase("2,1,1,0", BayerPattern.Bggr)]
    [TestCase("1,0,2,1", BayerPattern.Grbg)]
    [TestCase("1,2,0,1", BayerPattern.Gbrg)]
    public void The_pattern_is_the_one_that_was_written(string colours, BayerPattern expected)
    {
        byte[] pattern = [.. colours.Split(',').Select(byte.Parse)];
        foreach (var isDng in new[] { true, false })
        {
            using var reader = ImageFile.Open(Save(new DngBuilder(Width, Height, Number) { Colours = pattern, IsDng = isDng }));
            using var frame = reader.ReadFrame();
            Assert.That(reader.Info.Metadata.Bayer, Is.EqualTo(expected), isDng ? "DNG" : "TIFF");
            Assert.That(Numbers(frame)[..3], Is.EqualTo(new int[] { Number(0, 0), Number(1, 0), Number(2, 0) }));
        }
    }

    [Test]
    public void A_torn_RAW_is_refused()
    {
        var whole = new DngBuilder(Width, Height, Number).Build();
        var path = Save(whole[..^(Width * Height)]);
        Assert.That(() => ImageFile.Read(path).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains("torn"));
    }

    [Test]
    public void X_Trans_comes_in_colour()
    {
        byte[] xtrans = [1, 2, 1, 1, 0, 1, 0, 1, 0, 2, 1, 2, 1, 2, 1, 1, 0, 1, 1, 0, 1, 1, 2, 1, 2, 1, 2, 0, 1, 0, 1, 0, 1, 1, 2, 1];
        ushort[] colours = [3000, 20000, 45000];
        using var reader = ImageFile.Open(Save(new DngBuilder(520, 516, (x, y) => colours[xtrans[(y % 6 * 6) + (x % 6)]]) { Colours = xtrans, White = 60000 }));
        using var frame = reader.ReadFrame();
        Assert.That((frame.Channels, frame.Metadata.Bayer), Is.EqualTo((3, (BayerPattern?)null)));
        for (var channel = 0; channel < 3; channel++)
            Assert.That(frame.Row(channel, 258)[260], Is.EqualTo(colours[channel] / 60000f).Within(2).Percent);
    }

    /// <summary>Debian package libraw-bin: document mode without scaling writes the same numbers, black taken off.</summary>
    [Test]
    public void Dcraw_emu_sees_the_same_numbers()
    {
        var path = Save(new DngBuilder(Width, Height, Number) { Black = [64, 64, 64, 64], White = 16000 });
        AssertAgreesWithDcraw(path);
    }

    [TestCase("canon-550d-cfa.dng", BayerPattern.Rggb)]
    [TestCase("canon-d30.crw", BayerPattern.Rggb)]
    public void Cameras_files_are_read_as_dcraw_emu_reads_them(string file, BayerPattern pattern)
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not on this machine.");
        var copy = Folder.File(file);
        File.Copy(TestData.Path("raw", file), copy);
        using (var reader = ImageFile.Open(copy))
            Assert.That(reader.Info.Metadata.Bayer, Is.EqualTo(pattern));
        AssertAgreesWithDcraw(copy);
    }

    /// <summary>With unit factors and white at 65535 dcraw_emu writes number − black, each in the plane of its colour.</summary>
    private static void AssertAgreesWithDcraw(string path)
    {
        var (exitCode, _) = OutsideProgram.Run("dcraw_emu", "-disinterp", "-o", "0", "-4", "-c", "0", "-S", "65535", "-t", "0", "-r", "1", "1", "1", "1", "-T", path);
        Assert.That(exitCode, Is.Zero);
        using var theirs = ImageFile.Read(path + ".tiff");
        using var reader = ImageFile.Open(path);
        using var ours = reader.ReadFrame();
        Assert.That((ours.Width, ours.Height), Is.EqualTo((theirs.Width, theirs.Height)));
        var black = reader.Levels!.Black.Select(level => level * 65535.0).ToArray();
        var worst = 0.0;
        for (var y = 0; y < ours.Height; y++)
        {
            for (var x = 0; x < ours.Width; x++)
            {
                var expected = (theirs.Row(0, y)[x] + theirs.Row(1, y)[x] + theirs.Row(2, y)[x]) * 65535.0;
                var number = ours.Row(0, y)[x] * 65535.0;
                worst = Math.Max(worst, Math.Abs(Math.Max(0, number - black[((y & 1) * 2) + (x & 1)]) - expected));
            }
        }
        Assert.That(worst, Is.LessThan(0.01));
    }

    private string Save(DngBuilder builder) => Save(builder.Build());

    private string Save(byte[] file)
    {
        var path = Folder.File("a.dng");
        File.WriteAllBytes(path, file);
        return path;
    }

    private static ushort Number(int x, int y) => (ushort)(200 + (((x * 37) + (y * 101)) % 15000));

    private static int Adu(float sample) => (int)MathF.Round(sample * ushort.MaxValue);

    private static int[] Numbers(Frame frame) => [.. frame.Plane(0).ToArray().Select(Adu)];
}
