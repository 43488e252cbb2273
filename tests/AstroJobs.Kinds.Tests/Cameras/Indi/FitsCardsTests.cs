using System.Text;
using AstroJobs.Kinds.Cameras.Indi;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Cameras.Indi;

public sealed class FitsCardsTests
{
    [TestCase(3)]
    [TestCase(34)]
    [TestCase(35)]
    public void What_is_missing_is_added_what_is_there_stays_and_the_data_with_it(int cards)
    {
        using var folder = new TempFolder();
        var file = folder.File("frame.fits");
        var header = Enumerable.Range(0, cards).Select(static index => index switch { 0 => "SIMPLE  =                    T", 1 => "EXPTIME =                  2.5", _ => $"KEY{index,-5}=                    1" }).Append("END");
        var text = string.Concat(header.Select(static card => card.PadRight(80)));
        var padded = text.PadRight((text.Length + 2879) / 2880 * 2880);
        var data = Enumerable.Range(0, 2880).Select(static index => (byte)index).ToArray();
        File.WriteAllBytes(file, [.. Encoding.ASCII.GetBytes(padded), .. data]);

        FitsCards.Complete(file, [("EXPTIME", FitsCards.Number(9)), ("INSTRUME", FitsCards.Text("It's a camera")), ("RA", FitsCards.Number(83.5))]);

        var bytes = File.ReadAllBytes(file);
        Assert.That(bytes.Length % 2880, Is.Zero);
        Assert.That(bytes[^2880..], Is.EqualTo(data));
        var now = Encoding.ASCII.GetString(bytes[..^2880]).Chunk(80).Select(static card => new string(card)).ToList();
        Assert.That(now.Single(static card => card.StartsWith("EXPTIME", StringComparison.Ordinal)), Does.Contain("2.5"));
        Assert.That(now.Single(static card => card.StartsWith("INSTRUME", StringComparison.Ordinal)), Does.Contain("'It s a camera'"));
        Assert.That(now.Single(static card => card.StartsWith("RA ", StringComparison.Ordinal)).TrimEnd(), Is.EqualTo("RA      =                 83.5"));
        Assert.That(now.FindIndex(static card => card.StartsWith("END ", StringComparison.Ordinal)), Is.EqualTo(cards + 2));
    }
}
