using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>Pictures of random samples from a seed, quantised to what a format can hold, so that a round trip must be exact.</summary>
internal static class MadePictures
{
    public static FrameMetadata Metadata { get; } = new()
    {
        Exposure = TimeSpan.FromSeconds(2.5),
        DateObs = new DateTimeOffset(2024, 2, 29, 23, 59, 58, 750, TimeSpan.Zero),
        Iso = 1600,
        FocalLengthMm = 135,
        FNumber = 2.8,
        PixelSizeUm = 3.75,
        Camera = "Simulated Camera",
        Telescope = "Made Lens 135",
        Software = "AstroJobs 0.1",
    };

    public static Frame Random(int width, int height, int channels, SampleFormat format, int seed, FrameMetadata? metadata = null)
    {
        var random = new Random(seed);
        var frame = new Frame(width, height, channels, metadata);
        for (var channel = 0; channel < channels; channel++)
        {
            foreach (ref var sample in frame.Plane(channel))
                sample = Quantize(random, format);
        }
        return frame;
    }

    public static void AssertSame(Frame actual, Frame expected)
    {
        Assert.That((actual.Width, actual.Height, actual.Channels), Is.EqualTo((expected.Width, expected.Height, expected.Channels)));
        for (var channel = 0; channel < expected.Channels; channel++)
        {
            var same = actual.Plane(channel).SequenceEqual(expected.Plane(channel));
            Assert.That(same, Is.True, $"channel {channel} of {expected.Width}×{expected.Height}×{expected.Channels}");
        }
    }

    public static string Write(TempFolder folder, string name, Frame frame, SampleFormat format)
    {
        var path = folder.File(name);
        Imaging.Formats.ImageFile.Write(path, frame, format);
        return path;
    }

    private static float Quantize(Random random, SampleFormat format) => format switch
    {
        SampleFormat.UInt8 => random.Next(256) / 255f,
        SampleFormat.UInt16 => random.Next(65536) / 65535f,
        SampleFormat.UInt32 => random.Next(1 << 24) * 256u / 4294967295f,
        _ => (random.NextSingle() * 1.2f) - 0.1f,
    };
}
