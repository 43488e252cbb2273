using System.Buffers.Binary;
using System.IO.Compression;
using AstroJobs.Imaging.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>PNGs made by hand from the specification: the stored samples are what is read, whatever else the file carries.</summary>
public sealed class PngFileTests : FolderFixture
{
    private const int Grey = 0;
    private const int Palette = 3;
    private const int GreyAlpha = 4;
    private const int RgbAlpha = 6;

    [TestCase(8)]
    [TestCase(16)]
    public void A_gamma_chunk_changes_nothing(int bitDepth)
    {
        byte[] gamma = [0, 0, 0xB1, 0x8F]; // 1 / 2.2
        byte[] row = bitDepth == 16 ? [0x12, 0x34, 0x80, 0x00] : [0x12, 0x80];
        using var frame = Read(2, 1, bitDepth, Grey, row, ("gAMA", gamma), ("sRGB", [0]));
        var expected = bitDepth == 16 ? new[] { 0x1234 / 65535f, 0x8000 / 65535f } : new[] { 0x12 / 255f, 0x80 / 255f };
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void The_colour_under_8_bit_alpha_is_read_as_stored()
    {
        using var frame = Read(2, 1, 8, RgbAlpha, [10, 20, 30, 0, 40, 50, 60, 128]);
        Assert.That(frame.Channels, Is.EqualTo(3));
        Assert.That(frame.Plane(1).ToArray(), Is.EqualTo(new[] { 20 / 255f, 50 / 255f }));
    }

    [Test]
    public void The_colour_under_16_bit_alpha_comes_back_to_what_alpha_left_of_it()
    {
        using var frame = Read(3, 1, 16, GreyAlpha, [0x12, 0x34, 0xFF, 0xFF, 0x12, 0x34, 0x80, 0x00, 0xFF, 0xFF, 0x40, 0x00]);
        Assert.That(frame.Plane(0)[0], Is.EqualTo(0x1234 / 65535f), "opaque is exact");
        Assert.That(frame.Plane(0)[1], Is.EqualTo(0x1234 / 65535f).Within(1.01 / 65535));
        Assert.That(frame.Plane(0)[2], Is.EqualTo(1).Within(2.01 / 65535));
    }

    [Test]
    public void A_transparent_colour_is_still_a_colour()
    {
        using var frame = Read(2, 1, 8, Grey, [7, 9], ("tRNS", [0, 7]));
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { 7 / 255f, 9 / 255f }));
    }

    [Test]
    public void A_palette_becomes_its_colours()
    {
        using var frame = Read(2, 1, 8, Palette, [1, 0], ("PLTE", [10, 20, 30, 40, 50, 60]), ("tRNS", [0, 128]));
        Assert.That(frame.Channels, Is.EqualTo(3));
        Assert.That((frame.Plane(0)[0], frame.Plane(2)[1]), Is.EqualTo((40 / 255f, 30 / 255f)));
    }

    [Test]
    public void Four_bit_greys_fill_the_range()
    {
        using var frame = Read(4, 1, 4, Grey, [0x07, 0x8F]);
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { 0f, 7 / 15f, 8 / 15f, 1f }));
    }

    [Test]
    public void A_written_file_says_nothing_of_colour()
    {
        using var frame = MadePictures.Random(3, 3, 3, SampleFormat.UInt16, seed: 1);
        var bytes = File.ReadAllBytes(MadePictures.Write(Folder, "a.png", frame, SampleFormat.UInt16));
        List<string> types = [];
        for (var at = 8; at < bytes.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)))
            types.Add(System.Text.Encoding.ASCII.GetString(bytes, at + 4, 4));
        Assert.That(types.Distinct(), Is.EqualTo(new[] { "IHDR", "eXIf", "IDAT", "IEND" }));
    }

    /// <param name="row">The one row's bytes, without its filter byte.</param>
    private Frame Read(int width, int height, int bitDepth, int colourType, byte[] row, params (string Type, byte[] Data)[] chunks)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write([0, .. row]);
        byte[] header = [0, 0, 0, (byte)width, 0, 0, 0, (byte)height, (byte)bitDepth, (byte)colourType, 0, 0, 0];
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header)];
        foreach (var (type, data) in chunks)
            png = [.. png, .. Chunk(type, data)];
        var path = Folder.File("a.png");
        File.WriteAllBytes(path, [.. png, .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])]);
        return ImageFile.Read(path);
    }

    private static byte[] Chunk(string type, byte[] data) => PngChunks.Build(System.Text.Encoding.ASCII.GetBytes(type), data);
}
