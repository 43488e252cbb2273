namespace AstroJobs.Cli.Tests.Options;

/// <summary>A slip of the pen is answered with what was meant, and never with the words of the parser's own machinery.</summary>
public sealed class MisuseTests
{
    [TestCase("", "Say what to do: submit, status, result,*")]
    [TestCase("--output json", "Say what to do: submit, status, result,*")]
    [TestCase("submt stack x", "There is no 'astrojobs submt'; did you mean 'submit'?")]
    [TestCase("Status x", "There is no 'astrojobs Status'; did you mean 'status'?")]
    [TestCase("frobnicate", "There is no 'astrojobs frobnicate'.")]
    [TestCase("submit stak x", "There is no 'astrojobs submit stak'; did you mean 'stack'?")]
    [TestCase("status x --outptu text", "There is no option '--outptu'; did you mean '--output'?")]
    [TestCase("list foo", "'foo' is a word too many.")]
    [TestCase("stats --sinc 1d --unknown", "There is no option '--sinc'; did you mean '--since'? There is no option '--unknown'.")]
    [TestCase("submit burst --exposur=1s --coun 3", "There is no option '--exposur'; did you mean '--exposure'? There is no option '--coun'; did you mean '--count'?")]
    [TestCase("submit burst --nmae orion", "There is no option '--nmae'; did you mean '--name'?")]
    [TestCase("submit stack x --mod median", "There is no option '--mod'; did you mean '--mode'? (A file of that name is './--mod'.)")]
    [TestCase("submit video x --fsp 4", "There is no option '--fsp'; did you mean '--fps'? (A file of that name is './--fsp'.)")]
    [TestCase("submit extract --dept=40", "There is no option '--dept'; did you mean '--depth'? (A file of that name is './--dept=40'.)")]
    [TestCase("submit stack x --mode", "--mode wants a value: *median*")]
    [TestCase("submit stack x --mode foo", "'foo' is not one of mean, median, max, min, sum.")]
    [TestCase("submit burst --count abc", "--count takes a whole number (of up to nine digits), not 'abc'.")]
    [TestCase("submit stack x --low -3x", "--low takes a number such as 1.5, not '-3x'.")]
    [TestCase("submit stack x --low 1,5", "--low takes a number such as 1.5, not '1,5'.")]
    [TestCase("submit stack x --high nan", "--high takes a number such as 1.5, not 'nan'.")]
    [TestCase("submit burst --count 1e3", "--count takes a whole number (of up to nine digits), not '1e3'.")]
    [TestCase("submit burst --count 99999999999", "--count takes a whole number (of up to nine digits), not '99999999999'.")]
    public void A_slip_is_told_with_what_was_meant(string line, string told)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var said = Misuse.Describe(CommandLine.Create(words).Parse(words));
        Assert.That(said, Does.Match("^" + System.Text.RegularExpressions.Regex.Escape(told).Replace("\\*", ".*", StringComparison.Ordinal) + "$"));
    }

    [TestCase("", "astrojobs")]
    [TestCase("nonsense", "astrojobs")]
    [TestCase("status --nonsense", "astrojobs status")]
    [TestCase("submit stack --nonsense", "astrojobs submit stack")]
    public void The_help_to_read_is_named_whole(string line, string name)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(Misuse.CommandName(CommandLine.Create(words).Parse(words)), Is.EqualTo(name));
    }

    [TestCase("submit stack x --low -3", Description = "a number below zero is no option")]
    [TestCase("submit run -- ls -l --color", Description = "what belongs to another program")]
    public void What_is_right_is_not_told(string line)
    {
        var words = line.Split(' ');
        Assert.That(CommandLine.Create(words).Parse(words).Errors, Is.Empty);
    }

    [TestCase("stack", "stack", 0)]
    [TestCase("stak", "stack", 1)]
    [TestCase("stackk", "stack", 1)]
    [TestCase("stcak", "stack", 1, Description = "swapped neighbours are one slip")]
    [TestCase("steck", "stack", 1)]
    [TestCase("kitten", "sitting", 3, Description = "Levenshtein's own example")]
    [TestCase("", "abc", 3)]
    public void Slips_of_the_pen_are_counted(string from, string to, int slips) =>
        Assert.That(Spelling.CountSlips(from, to), Is.EqualTo(slips));
}
