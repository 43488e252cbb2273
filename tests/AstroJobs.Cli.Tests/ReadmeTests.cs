using System.Text.RegularExpressions;

namespace AstroJobs.Cli.Tests;

/// <summary>The README's own commands and programs, run in the checkout as a reader would run them. The two set-up commands are not fenced as <c>sh</c>.</summary>
public sealed partial class ReadmeTests
{
    [Test]
    public void The_shell_commands_work_from_top_to_bottom()
    {
        using var store = new CallerStore();

        var said = Run(store, "bash", "-euc", $"cd '{PublishedProgram.Checkout}'\n{string.Join('\n', Blocks("sh"))}");

        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        Assert.That(said.Output, Does.Contain("\"used\":10").And.Contain("\"stars\":412"));
    }

    [TestCase("python", "python3", "-c")]
    [TestCase("js", "node", "--input-type=module", "-e")]
    public void The_program_works(string language, string interpreter, params string[] options)
    {
        using var store = new CallerStore();

        var said = Run(store, "bash", ["-euc", $"cd '{PublishedProgram.Checkout}'; exec \"$@\"", "bash", interpreter, .. options, Blocks(language).Single()]);

        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        Assert.That(said.Output, Does.EndWith("6 frames used\n"));
    }

    private static Said Run(CallerStore store, string program, params string[] arguments)
    {
        store.Variables["GALLERY_ROOT"] = store.Beside("galleries");
        store.Variables["PATH"] = $"{Path.GetDirectoryName(PublishedProgram.Path)}:{Environment.GetEnvironmentVariable("PATH")}";
        return store.RunProgram(program, arguments);
    }

    private static List<string> Blocks(string language)
    {
        var readme = File.ReadAllText(Path.Combine(PublishedProgram.Checkout, "README.md"));
        List<string> blocks = [.. Fence().Matches(readme).Where(block => block.Groups[1].Value == language).Select(static block => block.Groups[2].Value)];
        Assert.That(blocks, Is.Not.Empty, $"the README shows no {language}");
        return blocks;
    }

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
