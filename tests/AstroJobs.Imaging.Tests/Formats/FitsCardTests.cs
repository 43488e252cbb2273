using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>One record too long or a quote left open, and other programs cannot read the whole file.</summary>
public sealed class FitsCardTests
{
    [TestCase("M 42")]
    [TestCase("Barnard's Star")]
    [TestCase("''")]
    [TestCase("")]
    [TestCase("a / b")]
    public void A_text_comes_back_as_it_was(string text) =>
        Assert.That(FitsCard.Parse(FitsCard.Text("OBJECT", text, "what is seen")), Is.EqualTo(new FitsCard("OBJECT", text)));

    [TestCase('x', 68)]
    [TestCase('\'', 34)] // each takes two places
    public void A_text_that_is_too_long_is_cut_where_the_record_ends(char letter, int length)
    {
        var card = FitsCard.Text("OBJECT", new string(letter, 100), "a comment for which there is no room");
        Assert.That(card, Has.Length.EqualTo(80));
        Assert.That(FitsCard.Parse(card), Is.EqualTo(new FitsCard("OBJECT", new string(letter, length))));
    }

    [Test]
    public void A_quote_that_does_not_fit_whole_is_left_out()
    {
        var card = FitsCard.Text("OBJECT", new string('x', 67) + "'y", "");
        Assert.That(FitsCard.Parse(card), Is.EqualTo(new FitsCard("OBJECT", new string('x', 67))));
        Assert.That(card, Has.Length.LessThanOrEqualTo(80));
    }

    [Test]
    public void A_comment_has_what_room_there_is([Range(0, 60)] int length)
    {
        var card = FitsCard.Number("EXPTIME", 12.5, new string('c', length));
        Assert.Multiple(() =>
        {
            Assert.That(card, Has.Length.EqualTo(length == 0 ? 30 : Math.Min(80, 33 + length)));
            Assert.That(FitsCard.Parse(card), Is.EqualTo(new FitsCard("EXPTIME", "12.5")));
            Assert.That(card.Count(static letter => letter == 'c'), Is.EqualTo(Math.Min(length, 47)));
        });
    }

    [Test]
    public void Numbers_end_in_column_thirty_and_a_real_one_has_its_point()
    {
        Assert.That(FitsCard.Number("GAIN", 120, ""), Is.EqualTo("GAIN    =                  120"));
        Assert.That(FitsCard.Number("GAIN", 120.0, ""), Is.EqualTo("GAIN    =                 120."));
        Assert.That(FitsCard.Number("A_2_0", 1.5e-20, ""), Is.EqualTo("A_2_0   =              1.5E-20"));
        Assert.That(FitsCard.Truth("SIMPLE", true, "standard"), Is.EqualTo("SIMPLE  =                    T / standard"));
    }

    [Test]
    public void A_long_history_takes_as_many_records_as_it_needs()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(static i => $"{i:00} "));
        string[] cards = [.. FitsCard.Commentary("HISTORY", text)];
        Assert.That(cards, Has.Length.EqualTo(3).And.All.Length.LessThanOrEqualTo(80));
        Assert.That(string.Concat(cards.Select(static card => card[8..])), Is.EqualTo(text));
    }

    [TestCase("", null, null)]
    [TestCase("        ", null, null)]
    [TestCase("END", "END", "")]
    [TestCase("COMMENT no = value", "COMMENT", "no = value")]
    [TestCase("HISTORY stacked", "HISTORY", "stacked")]
    [TestCase("NAXIS   = 2 / axes", "NAXIS", "2")]
    [TestCase("OBJECT  = 'never closed", "OBJECT", "never closed")]
    [TestCase("OBJECT  = 'closed''", "OBJECT", "closed'")]
    public void Records_of_other_programs_are_read(string card, string? keyword, string? value) =>
        Assert.That(FitsCard.Parse(card), Is.EqualTo(keyword is null ? null : (FitsCard?)new FitsCard(keyword, value!)));

    [Test]
    public void What_a_header_cannot_hold_is_written_in_what_it_can() =>
        Assert.That(FitsCard.Parse(FitsCard.Text("FILTER", "Hα 3µ ☾", "")), Is.EqualTo(new FitsCard("FILTER", "Ha 3u ?")));
}
