using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class DeflickerTests
{
    [Test]
    public void One_bright_and_one_dark_picture_become_like_their_neighbours()
    {
        byte[] means = [100, 100, 100, 150, 100, 100, 60, 100, 100, 100];
        Assert.That(Even(means), Is.EqualTo(Enumerable.Repeat(100, 10)));
    }

    [Test]
    public void A_slow_dawn_stays()
    {
        byte[] means = [.. Enumerable.Range(0, 20).Select(i => (byte)(40 + (5 * i)))];
        var evened = Even(means);
        Assert.That(evened[4..^4], Is.EqualTo(means[4..^4].Select(mean => (int)mean)));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(30)]
    public void Every_picture_comes_out_once_in_its_order(int radius)
    {
        var deflicker = new Deflicker(radius);
        var pictures = Enumerable.Range(0, 9).Select(i => new byte[] { (byte)(10 + i) }).ToArray();
        var answered = pictures.SelectMany(deflicker.Add).ToList();
        answered.AddRange(deflicker.Finish());
        Assert.That(answered, Is.EqualTo(pictures).Using<byte[], byte[]>(ReferenceEquals));
    }

    [Test]
    public void A_black_picture_stays_black() => Assert.That(Even([50, 50, 0, 50, 50])[2], Is.Zero);

    private static int[] Even(byte[] means)
    {
        var deflicker = new Deflicker(4);
        var answered = means.SelectMany(mean => deflicker.Add([mean, mean])).ToList();
        answered.AddRange(deflicker.Finish());
        return [.. answered.Select(picture => (int)picture[0])];
    }
}
