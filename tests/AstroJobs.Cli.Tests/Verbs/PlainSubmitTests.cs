using System.Text.Json.Nodes;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>The short way of <c>submit run</c> leads where the long way leads.</summary>
public sealed class PlainSubmitTests : CallerFixture
{
    [Test]
    public void Both_ways_make_the_same_job_and_give_the_same_answer()
    {
        string[] options = ["--project", "m 42", "--group", "ü", "--name", "\"n\"", "--slot", "camera:x"];
        var brief = Store.Run(["submit", "run", .. options, "--", "echo", "--", "a b", ""]);
        var full = Store.Run(["submit", "run", .. options, "--priority", "0", "--", "echo", "--", "a b", ""]);

        Assert.Multiple(() =>
        {
            Assert.That((brief.ExitCode, full.ExitCode), Is.EqualTo((0, 0)));
            Assert.That(brief.Output.Replace(brief.JobId!, full.JobId, StringComparison.Ordinal), Is.EqualTo(full.Output));
            Assert.That(Spec(brief), Is.EqualTo(Spec(full)));
        });
        Assert.That(Store.Wait(brief.JobId!, full.JobId!).ExitCode, Is.Zero);
    }

    [TestCase(new[] { "submit", "run", "--", "no-such-program" }, 7, "tool_missing")]
    [TestCase(new[] { "submit", "run", "--slot", "camera:x", "--" }, 2, "usage")]
    [TestCase(new[] { "submit", "run", "--project" }, 2, "usage")]
    public void What_is_wrong_is_said_as_ever(string[] arguments, int exitCode, string code)
    {
        Store.Run(arguments).MustFail(exitCode, code);
        Assert.That(Directory.Exists(Store.Root) && Directory.EnumerateDirectories(Store.Root).Any(static folder => Path.GetFileName(folder)[0] != '.'), Is.False, "no job");
    }

    [Test]
    public void A_text_answer_is_the_id_alone()
    {
        var said = Store.Run("submit", "run", "--output", "text", "--", "true");
        Assert.That(said.Output, Does.Match("^[0-9a-f]{32}\n$"));
    }

    private string Spec(Said said)
    {
        var spec = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(said.JobId!), "job.json")))!.AsObject();
        Assert.That(spec.Remove("job_id") && spec.Remove("created_at"));
        return spec.ToJsonString();
    }
}
