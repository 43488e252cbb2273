using System.Text;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Native;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>TIFFs made by hand from the specification, and some by libtiff's own codecs.</summary>
public sealed class TiffFileTests : FolderFixture
{
    [Test]
    public void Both_byte_orders_read_the_same([Values] bool bigEndian, [Values] bool deflated)
    {
        var tiff = new TiffBuilder(bigEndian) { IsDeflated = deflated };
        Describe(tiff, 2, 2, components: 1, bits: 16).Tag(278, TiffBuilder.Short, 2).Block(2, 0, 0x1234, 0xFFFF, 0x00FF);
        AssertReads(tiff, direct: !deflated, [0, 0x1234 / 65535f, 1, 0xFF / 65535f]);
    }

    [Test]
    public void Strips_follow_each_other([Values] bool deflated)
    {
        var tiff = new TiffBuilder(bigEndian: false) { IsDeflated = deflated };
        Describe(tiff, 1, 5, components: 1, bits: 8).Tag(278, TiffBuilder.Short, 2).Block(1, 10, 20).Block(1, 30, 40).Block(1, 50);
        AssertReads(tiff, direct: !deflated, [10 / 255f, 20 / 255f, 30 / 255f, 40 / 255f, 50 / 255f]);
    }

    [Test]
    public void Planes_may_be_stored_one_after_the_other([Values] bool deflated)
    {
        var tiff = new TiffBuilder(bigEndian: true) { IsDeflated = deflated };
        Describe(tiff, 2, 2, components: 3, bits: 16).Tag(284, TiffBuilder.Short, 2).Tag(278, TiffBuilder.Short, 1)
            .Block(2, 1, 2).Block(2, 3, 4).Block(2, 5, 6).Block(2, 7, 8).Block(2, 9, 10).Block(2, 11, 12);
        AssertReads(tiff, direct: !deflated, [1 / 65535f, 2 / 65535f, 3 / 65535f, 4 / 65535f], channel: 0);
        AssertReads(tiff, direct: !deflated, [9 / 65535f, 10 / 65535f, 11 / 65535f, 12 / 65535f], channel: 2);
    }

    [Test]
    public void Tiles_reach_over_the_edges_of_the_picture([Values] bool deflated)
    {
        // 20×17 in tiles of 16×16: sample = 256·y + x, 2 × 2 tiles whose outer parts are 0xEEEE.
        var tiff = new TiffBuilder(bigEndian: false) { IsTiled = true, IsDeflated = deflated };
        Describe(tiff, 20, 17, components: 1, bits: 16).Tag(322, TiffBuilder.Short, 16).Tag(323, TiffBuilder.Short, 16);
        foreach (var (left, top) in new[] { (0, 0), (16, 0), (0, 16), (16, 16) })
        {
            tiff.Block(2, [.. from y in Enumerable.Range(top, 16)
                              from x in Enumerable.Range(left, 16)
                              select x < 20 && y < 17 ? (ulong)((256 * y) + x) : 0xEEEE]);
        }
        AssertReads(tiff, direct: false, [.. from y in Enumerable.Range(0, 17) from x in Enumerable.Range(0, 20) select ((256 * y) + x) / 65535f]);
    }

    [Test]
    public void Alpha_is_dropped()
    {
        var tiff = Describe(new TiffBuilder(bigEndian: false), 2, 1, components: 4, bits: 8).Tag(338, TiffBuilder.Short, 2).Block(1, 1, 2, 3, 0, 5, 6, 7, 128);
        AssertReads(tiff, direct: true, [2 / 255f, 6 / 255f], channel: 1);
    }

    [Test]
    public void White_may_be_zero()
    {
        var tiff = Describe(new TiffBuilder(bigEndian: true), 3, 1, components: 1, bits: 16).Tag(262, TiffBuilder.Short, 0).Block(2, 0, 0xFFFF, 0x1234);
        AssertReads(tiff, direct: true, [1, 0, (65535 - 0x1234) / 65535f]);
    }

    [TestCase(32, 1u, 0xFFFFFFFFul, 1f)]
    [TestCase(32, 2u, 0x7FFFFFFFul, 0.5f)]
    [TestCase(16, 2u, 0xFFFFul, -1 / 65535f)]
    [TestCase(16, 3u, 0x3800ul, 0.5f)] // half: sign 0, exponent 14 − 15, fraction 0
    [TestCase(32, 3u, 0x3E800000ul, 0.25f)]
    [TestCase(64, 3u, 0x3FD0000000000000ul, 0.25f)]
    public void Integers_and_floats_of_all_widths_are_read(int bits, uint kind, ulong pattern, float expected)
    {
        foreach (var bigEndian in new[] { false, true })
        {
            var tiff = Describe(new TiffBuilder(bigEndian), 1, 1, components: 1, (uint)bits).Tag(339, TiffBuilder.Short, kind).Block(bits / 8, pattern);
            AssertReads(tiff, direct: true, [expected]);
        }
    }

    [Test]
    public void A_palette_becomes_its_colours()
    {
        var map = new uint[3 * 256];
        (map[1], map[256 + 1], map[512 + 1]) = (0xFFFF, 0x8080, 0x1010);
        var tiff = Describe(new TiffBuilder(bigEndian: false), 2, 1, components: 1, bits: 8).Tag(262, TiffBuilder.Short, 3).Tag(320, TiffBuilder.Short, map).Block(1, 0, 1);
        AssertReads(tiff, direct: false, [0, 0x80 / 255f], channel: 1);
    }

    [Test]
    public void A_colour_filter_mosaic_is_just_mono()
    {
        var tiff = Describe(new TiffBuilder(bigEndian: false), 2, 1, components: 1, bits: 16).Tag(262, TiffBuilder.Short, 32803).Block(2, 1, 65535);
        AssertReads(tiff, direct: true, [1 / 65535f, 1]);
    }

    [Test]
    public void A_preview_of_a_camera_RAW_is_refused()
    {
        var tiff = Describe(new TiffBuilder(bigEndian: false), 2, 1, components: 1, bits: 8).Tag(254, TiffBuilder.Long, 1).Block(1, 0, 1);
        File.WriteAllBytes(Folder.File("a.tif"), tiff.Build());
        Assert.That(() => ImageFile.Open(Folder.File("a.tif")).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains("not RAW file"));
    }

    [TestCase(5, 1)] // LZW
    [TestCase(5, 2)] // with differences
    [TestCase(8, 3)] // deflate with floating point differences
    [TestCase(32773, 1)] // PackBits
    public void What_libtiff_packs_is_read(int compression, int predictor)
    {
        var (kind, size) = predictor == 3 ? (3, 4) : (1, 2);
        var numbers = predictor == 3 ? [.. BitConverter.GetBytes(0.25f), .. BitConverter.GetBytes(0.5f)] : new byte[] { 0x34, 0x12, 0xFF, 0xFF };
        var path = Folder.File("packed.tif");
        using (var tiff = LibTiff.Open(path, "wl"))
        {
            foreach (var (tag, value) in new[] { (256u, 2), (257u, 1), (258u, size * 8), (259u, compression), (262u, 1), (277u, 1), (278u, 1), (284u, 1), (339u, kind) })
                Assert.That(LibTiff.SetField(tiff, tag, value), Is.EqualTo(1));
            if (predictor > 1)
                Assert.That(LibTiff.SetField(tiff, 317, predictor), Is.EqualTo(1));
            Assert.That(LibTiff.WriteEncodedStrip(tiff, 0, in numbers[0], numbers.Length), Is.EqualTo((nint)numbers.Length));
        }
        using var frame = ImageFile.Read(path);
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(predictor == 3 ? new[] { 0.25f, 0.5f } : [0x1234 / 65535f, 1f]));
    }

    [Test]
    public void A_strip_that_lies_beyond_the_file_is_found_before_it_is_read()
    {
        var tiff = Describe(new TiffBuilder(bigEndian: false), 2, 1, components: 1, bits: 8).Block(1, 0, 1).Build();
        var entry = tiff.AsSpan().IndexOf<byte>((ReadOnlySpan<byte>)[0x11, 0x01, (byte)TiffBuilder.Long, 0]); // StripOffsets, little-endian
        tiff[entry + 10] = 1; // 65536 bytes further
        File.WriteAllBytes(Folder.File("a.tif"), tiff);
        Assert.That(() => ImageFile.Open(Folder.File("a.tif")).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains("torn"));
    }

    [Test]
    public void What_libtiff_prints_by_itself_is_silent()
    {
        File.WriteAllBytes(Folder.File("a.tif"), [.. Encoding.ASCII.GetBytes("II*\0"), 8, 0, 0, 0, 1, 0, 9, 9]);
        Assert.That(() => ImageFile.Open(Folder.File("a.tif")).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains("libtiff finds no directory"));
    }

    private static TiffBuilder Describe(TiffBuilder tiff, uint width, uint height, uint components, uint bits) => tiff
        .Tag(256, TiffBuilder.Short, width).Tag(257, TiffBuilder.Short, height).Tag(258, TiffBuilder.Short, [.. Enumerable.Repeat(bits, (int)components)])
        .Tag(262, TiffBuilder.Short, components >= 3 ? 2u : 1u).Tag(277, TiffBuilder.Short, components);

    private void AssertReads(TiffBuilder tiff, bool direct, float[] expected, int channel = 0)
    {
        File.WriteAllBytes(Folder.File("a.tif"), tiff.Build());
        using var reader = ImageFile.Open(Folder.File("a.tif"));
        using var frame = reader.ReadFrame();
        Assert.That(reader.ReadsRowsDirectly, Is.EqualTo(direct));
        Assert.That(frame.Plane(channel).ToArray(), Is.EqualTo(expected).Within(1e-9));
    }
}
