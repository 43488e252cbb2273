using System.Text;
using AstroJobs.Jobs.Running;
using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class SlotNamesTests
{
    [ForAll(MaxTest = 1000)]
    public bool Whatever_the_slots_are_called_their_file_name_leads_back_to_them(string[]? names)
    {
        var slots = (names ?? []).Select(Whole).ToArray();
        return SlotNames.Decode(SlotNames.Encode(slots)).Order(StringComparer.Ordinal).SequenceEqual(slots.Order(StringComparer.Ordinal));
    }

    [TestCase("../../etc")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("camera:usb:001,004")]
    [TestCase("a+b")]
    [TestCase("a b\n'\"\\\0")]
    [TestCase("none")]
    [TestCase("")]
    public void A_name_is_one_plain_file_name(string slot)
    {
        var encoded = SlotNames.Encode([slot]);
        Assert.Multiple(() =>
        {
            Assert.That(encoded, Does.Match(@"\A[A-Za-z0-9%_~+-]+\z"));
            Assert.That(SlotNames.Decode(encoded), Is.EqualTo([slot]));
        });
    }

    [TestCase("cpu", 2, "cpu~2")]
    [TestCase("cpu", 64, "cpu~64")]
    [TestCase("~2", 3, "%7E2~3")]
    [TestCase("", 2, "~~2")]
    public void Many_of_one_slot_stay_a_short_name(string slot, int count, string expected)
    {
        string[] slots = [.. Enumerable.Repeat(slot, count)];
        Assert.That(SlotNames.Encode(slots), Is.EqualTo(expected));
        Assert.That(SlotNames.Decode(expected), Is.EqualTo(slots));
    }

    [Test]
    public void No_slot_is_no_slot_again() => Assert.That(SlotNames.Decode(SlotNames.Encode([])), Is.Empty);

    /// <summary>Half a surrogate pair is no text: nobody can type it.</summary>
    private static string Whole(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}
