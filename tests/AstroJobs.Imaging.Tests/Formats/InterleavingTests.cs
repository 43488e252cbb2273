using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Tests.Formats;

public sealed class InterleavingTests
{
    [Test]
    public void A_channel_goes_out_and_in_again([Values(1, 3, 4)] int components, [Values(1, 2, 4)] int size, [Values(1, 4, 5, 15, 16, 17, 48, 100)] int width)
    {
        var pixels = new byte[width * components * size];
        new Random(width).NextBytes(pixels);
        var back = new byte[pixels.Length];
        for (var channel = 0; channel < components; channel++)
        {
            var row = new byte[width * size];
            Interleaving.Extract(pixels, channel, components, size, row);
            for (var i = 0; i < row.Length; i++)
                Assert.That(row[i], Is.EqualTo(pixels[(((i / size * components) + channel) * size) + (i % size)]), $"byte {i} of channel {channel}");
            Interleaving.Insert(row, channel, components, size, back);
        }
        Assert.That(back, Is.EqualTo(pixels));
    }
}
