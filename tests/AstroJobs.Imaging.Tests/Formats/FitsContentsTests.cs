using System.IO.Compression;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>FITS files that hold more than one picture, or hold it elsewhere than at the beginning.</summary>
public sealed class FitsContentsTests : FolderFixture
{
    private static readonly double[] Picture = [51, 255];

    private static byte[] Empty => FitsBuilder.Build(8, [], [], "EXTEND  =                    T");

    [TestCase(new[] { 2, 1, 1 })]
    [TestCase(new[] { 2, 1, 1, 1 })]
    public void Axes_of_length_one_make_no_cube(int[] axes)
    {
        using var frame = Read(FitsBuilder.Build(8, axes, Picture));
        Assert.That((frame.Channels, frame.Plane(0)[0]), Is.EqualTo((1, 0.2f)));
    }

    [TestCase(new[] { 2, 1, 3, 1 })]
    [TestCase(new[] { 2, 1, 1, 3 })]
    public void Three_planes_are_colours_along_whatever_axis(int[] axes)
    {
        using var frame = Read(FitsBuilder.Build(8, axes, [0, 51, 0, 0, 255, 0]));
        Assert.That((frame.Channels, frame.Plane(0)[1], frame.Plane(2)[0]), Is.EqualTo((3, 0.2f, 1f)));
    }

    [TestCase(new[] { 2, 1, 2 }, "2 planes of 2×1 pixels")]
    [TestCase(new[] { 2, 1, 4 }, "4 planes of 2×1 pixels")]
    [TestCase(new[] { 2, 1, 3, 2 }, "6 planes of 2×1 pixels")]
    public void Another_cube_is_refused_with_its_figures(int[] axes, string figures) =>
        Assert.That(
            () => Read(FitsBuilder.Build(8, axes, new double[axes.Aggregate((product, axis) => product * axis)])),
            Throws.TypeOf<ImageException>().With.Message.Contains(figures).And.Message.Contains("Split it into a file a frame"));

    [Test]
    public void A_picture_behind_an_empty_beginning_or_a_table_is_read()
    {
        using var frame = Read([.. Empty, .. FitsBuilder.BuildExtension(8, [2, 1], Picture, "EXPTIME =                 12.5")]);
        Assert.That(frame.Plane(0)[0], Is.EqualTo(0.2f));
        Assert.That((frame.Metadata.Exposure, frame.Metadata.UnreadPictures), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(12.5), 0)));
    }

    [Test]
    public void A_series_of_frames_is_refused_with_its_number([Values] bool emptyBeginning)
    {
        var next = FitsBuilder.BuildExtension(8, [2, 1], Picture);
        byte[] series = [.. emptyBeginning ? [.. Empty, .. next] : FitsBuilder.Build(8, [2, 1], Picture), .. next, .. next];
        Assert.That(() => Read(series), Throws.TypeOf<ImageException>().With.Message.Contains("a series of 3 frames of 2×1 pixels"));
    }

    [Test]
    public void Pictures_with_names_behind_the_first_are_left_and_counted()
    {
        using var frame = Read([
            .. FitsBuilder.Build(8, [2, 1], Picture),
            .. FitsBuilder.BuildExtension(-32, [2, 1], [1, 2], "EXTNAME = 'ERR     '", "EXPTIME =                  7.0"),
            .. FitsBuilder.BuildExtension(8, [1, 1], [9]),
        ]);
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { 0.2f, 1f }));
        Assert.That((frame.Metadata.UnreadPictures, frame.Metadata.Exposure), Is.EqualTo((2, (TimeSpan?)null)), "what they say of themselves is not the first one's");
    }

    [Test]
    public void A_stack_tells_of_pictures_that_it_left_in_the_files()
    {
        var random = new Random(1);
        foreach (var name in new[] { "a.fits", "b.fits" })
            File.WriteAllBytes(Folder.File(name), [
                .. FitsBuilder.Build(-32, [40, 40], [.. Enumerable.Range(0, 1600).Select(_ => random.NextDouble() / 100)]),
                .. FitsBuilder.BuildExtension(8, [2, 1], Picture, "EXTNAME = 'MASK    '"),
            ]);
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [new StackInput(Folder.File("a.fits"), true), new StackInput(Folder.File("b.fits"), true)],
            Alignment = StackAlignment.None,
            WorkFolder = Folder.Path,
            OutputPath = Folder.File("stack.fits"),
        });
        Assert.That(report.Notes, Has.Some.Contains("2 of 2 frames are the first of several pictures in the file, and the only one that was read (a.fits, b.fits)"));
    }

    /// <summary>astropy packs as fpack does (Debian package python3-astropy).</summary>
    [TestCase("RICE_1")]
    [TestCase("GZIP_2")]
    [TestCase("HCOMPRESS_1")]
    public void A_tile_compressed_picture_is_read_to_the_last_bit_and_not_strip_by_strip(string method)
    {
        using var made = MadePictures.Random(33, 21, 1, SampleFormat.UInt16, seed: 1, new FrameMetadata { Exposure = TimeSpan.FromSeconds(12.5) });
        var plain = MadePictures.Write(Folder, "plain.fits", made, SampleFormat.UInt16);
        var packed = Folder.File("packed.fits.fz");
        var (exitCode, _) = OutsideProgram.Run(
            "/usr/bin/python3", "-c", "import sys; from astropy.io import fits; h=fits.open(sys.argv[1])[0]; fits.CompImageHDU(h.data,h.header,compression_type=sys.argv[3]).writeto(sys.argv[2])", plain, packed, method);
        Assert.That(exitCode, Is.Zero);
        using var expected = ImageFile.Read(plain);
        using var reader = ImageFile.Open(packed);
        using var frame = reader.ReadFrame();
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(expected.Plane(0).ToArray()));
        Assert.That((reader.ReadsRowsDirectly, frame.Metadata.Exposure), Is.EqualTo((false, made.Metadata.Exposure)));
        Assert.That(ImageFile.HasPictureName(packed), Is.True);
    }

    [Test]
    public void A_gzipped_picture_is_not_unpacked_for_every_strip()
    {
        using (var gzip = new GZipStream(File.Create(Folder.File("a.fits.gz")), CompressionLevel.Fastest))
            gzip.Write(FitsBuilder.Build(8, [2, 1], Picture));
        using var reader = ImageFile.Open(Folder.File("a.fits.gz"));
        Assert.That(reader.ReadsRowsDirectly, Is.False);
        Assert.That(ImageFile.HasPictureName("night/a.FITS.gz"), Is.True);
        Assert.That(ImageFile.HasPictureName("night/night.tar.gz"), Is.False);
    }

    private Frame Read(byte[] fits)
    {
        var path = Folder.File("a.fits");
        File.WriteAllBytes(path, fits);
        return ImageFile.Read(path);
    }
}
