using System.Text;
using System.Text.Json;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>A torn or foreign file of one job: every verb says so in its form, the file is kept, and no other job is touched.</summary>
public sealed class DamagedFileTests : CallerFixture
{
    private static readonly TestCaseData<string, Func<string, string>>[] Damages =
    [
        new("status.json", static _ => "") { TestName = "an empty status" },
        new("status.json", static text => text[..(text.Length / 2)]) { TestName = "half a status" },
        new("status.json", static text => new string('\0', text.Length)) { TestName = "a status of NUL bytes, as a power cut leaves it" },
        new("status.json", static text => text + text) { TestName = "two statuses" },
        new("status.json", static _ => "[1,2]") { TestName = "an array for a status" },
        new("status.json", static _ => "null") { TestName = "null for a status" },
        new("status.json", static text => text.Replace("\"attempt\":1", "\"attempt\":\"one\"", StringComparison.Ordinal)) { TestName = "a status with a word for a number" },
        new("status.json", static text => text.Replace("\"state\":\"done\"", "\"state\":\"dreaming\"", StringComparison.Ordinal)) { TestName = "a status in an unknown state" },
        new("status.json", static text => text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)) { TestName = "a status of a newer version" },
        new("status.json", static text => text.Replace("\"job_id\":\"0", "\"job_id\":\"f", StringComparison.Ordinal)) { TestName = "a status of another job" },
        new("job.json", static _ => "") { TestName = "an empty spec" },
        new("job.json", static text => text[..^2]) { TestName = "a torn spec" },
        new("job.json", static text => new string('\0', text.Length)) { TestName = "a spec of NUL bytes" },
        new("job.json", static _ => "{}") { TestName = "a spec without members" },
        new("job.json", static text => text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)) { TestName = "a spec of a newer version" },
    ];

    [TestCaseSource(nameof(Damages))]
    public void It_is_one_jobs_error_for_every_verb(string file, Func<string, string> damage)
    {
        var id = Store.Submit("true");
        var good = Store.Submit("true");
        Store.Wait(id, good);
        var path = Path.Combine(Store.Folder(id), file);
        var before = File.ReadAllText(path);
        var damaged = damage(before);
        Assert.That(damaged, Is.Not.EqualTo(before));
        File.WriteAllText(path, damaged, new UTF8Encoding(false));
        var isStatus = file == "status.json";

        foreach (var verb in (string[][])[["status", id], ["result", id], ["wait", id, "--timeout", "1"], ["log", id], ["cancel", id], ["retry", id], ["submit", "run", "--after", id, "--", "true"]])
            MustAnswer(verb, mustFail: isStatus && verb[0] != "log");
        foreach (var verb in (string[][])[["list"], ["list", "--state", "done"], ["stats"], ["prune", "--older-than", "1h"], ["status", id, good]])
            MustAnswer(verb, mustFail: false);
        Assert.That(File.ReadAllText(path), Is.EqualTo(damaged), "the original is kept");
        Assert.That(Store.Run("status", good).State, Is.EqualTo("done"));
        Assert.That(Store.Wait(Store.Submit("true")).State, Is.EqualTo("done"), "other jobs are unharmed");
        Assert.That(Store.Run("delete", id).ExitCode, Is.Zero, "as the hint says");
    }

    private void MustAnswer(string[] verb, bool mustFail)
    {
        var said = Store.Run(verb);
        var name = $"{string.Join(' ', verb)}: exit {said.ExitCode} {said.Output}{said.Error}";
        Assert.That(said.Error, Does.Not.Contain("   at "), name);
        if (verb[0] is "log")
            return; // its answer is the log itself
        using var answer = JsonDocument.Parse(said.Output);
        Assert.That(answer.RootElement.GetProperty("ok").GetBoolean(), Is.EqualTo(said.ExitCode == 0), name);
        if (mustFail)
            said.MustFail(1, "corrupt");
    }
}
