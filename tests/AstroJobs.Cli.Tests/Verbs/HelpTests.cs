namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>The help texts, word for word; ASTROJOBS_UPDATE_GOLDEN=1 writes them anew, and the diff is then read by a person.</summary>
public sealed class HelpTests : CallerFixture
{
    private static readonly string Golden = Path.Combine(PublishedProgram.Checkout, "tests", "AstroJobs.Cli.Tests", "Golden");

    [TestCase("")]
    [TestCase("submit")]
    [TestCase("submit run")]
    [TestCase("status")]
    [TestCase("result")]
    [TestCase("wait")]
    [TestCase("cancel")]
    [TestCase("retry")]
    [TestCase("resume")]
    [TestCase("pause")]
    [TestCase("continue")]
    [TestCase("checkpoints")]
    [TestCase("checkpoints show")]
    [TestCase("checkpoints delete")]
    [TestCase("recover")]
    [TestCase("list")]
    [TestCase("watch")]
    [TestCase("log")]
    [TestCase("delete")]
    [TestCase("prune")]
    [TestCase("stats")]
    [TestCase("galleries")]
    [TestCase("doctor")]
    [TestCase("completion")]
    public void Help_says_what_it_said(string verb)
    {
        var said = Store.Run([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.That((said.ExitCode, said.Error), Is.EqualTo((0, "")));
        var file = Path.Combine(Golden, $"help{(verb.Length == 0 ? "" : "-")}{verb.Replace(' ', '-')}.txt");
        if (Environment.GetEnvironmentVariable("ASTROJOBS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Golden);
            File.WriteAllText(file, said.Output);
        }
        Assert.That(said.Output, Is.EqualTo(File.ReadAllText(file)));
    }

    [Test]
    public void The_version_is_answered() => Assert.That(Store.Run("--version").Output, Does.Match(@"\A\d+\.\d+\.\d+"));
}
