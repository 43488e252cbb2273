namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>Logs of any size, and of many jobs.</summary>
public sealed class LogTests : CallerFixture
{
    [Test]
    public void A_program_that_prints_without_end_does_not_fill_the_disk()
    {
        Store.Variables["ASTROJOBS_LOG_MAX"] = "1M";
        var id = Store.Submit("sh", "-c", "echo the very first; yes 'a line of some length that says very little about anything at all ☾' | head -c 30000000; echo; echo the very last");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        var log = "";
        CallerStore.Eventually(() => (log = File.ReadAllText(Path.Combine(Store.Folder(id), "task.log"))).EndsWith("Job Done\n", StringComparison.Ordinal), "its last line");
        Assert.Multiple(() =>
        {
            Assert.That(log, Has.Length.LessThan(1.2e6));
            Assert.That(log, Does.Contain("Z the very first\n").And.Contain(" bytes of this log were left out ...]\n").And.Contain("Z the very last\n"));
            Assert.That(Store.Run("log", id, "--tail", "3", "--output", "text").Output, Does.StartWith("20").And.Contain("the very last").And.EndsWith("Job Done\n"));
        });
    }

    [Test]
    public void A_line_without_end_and_noise_are_logged_in_pieces()
    {
        Store.Variables["ASTROJOBS_LOG_MAX"] = "1M";
        var id = Store.Submit("sh", "-c", "head -c 20000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/urandom; echo; echo end");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        Assert.That(new FileInfo(Path.Combine(Store.Folder(id), "task.log")).Length, Is.LessThan(1.2e6));
        Assert.That(Store.Run("log", id, "--tail", "3").Json.GetProperty("content").GetString(), Does.Contain("Z end\n"));
    }

    [Test]
    public void The_end_of_ten_gigabytes_is_answered()
    {
        var id = Store.Submit("true");
        Store.Wait(id);
        using (var file = File.Open(Path.Combine(Store.Folder(id), "task.log"), FileMode.Append))
        {
            file.SetLength(10L << 30);
            file.Seek(0, SeekOrigin.End);
            file.Write("\nlast but one\nlast\n"u8);
        }
        Assert.That(Store.Run("log", id, "--tail", "2").Json.GetProperty("content").GetString(), Is.EqualTo("last but one\nlast\n"));
        Assert.That(Store.Run("log", id, "--tail", "50", "--output", "text").Output, Has.Length.EqualTo(1 << 20));
    }

    [Test]
    public void The_logs_of_several_are_followed_line_by_line_until_all_have_ended()
    {
        string[] ids = [Submit("north", "echo one; echo two"), Submit("", "echo three; printf 'no end'"), Submit("a name of more than twenty-four letters", "echo four")];
        var said = Store.Run(["log", "--follow", .. ids]);
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        var lines = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.All.Matches<string>(static line => line.IndexOf(" | ", StringComparison.Ordinal) == 24), "in columns");
            Assert.That(Of("north"), Does.Contain("one").And.Contain("two").And.Contain("Job Done"));
            Assert.That(Of(ids[1][^8..]), Does.Contain("three").And.Contain("no end").And.Contain("Job Done"));
            Assert.That(Of("a name of more than twen"), Does.Contain("four"));
        });
        Assert.That(Store.Run("log", "--follow", "--state", "done", "--name", "north", "--tail", "1").Output, Does.Match(@"\Anorth \| .*Job Done\n\z"));

        string Of(string label) => string.Join('\n', lines.Where(line => line.StartsWith(label, StringComparison.Ordinal)));
    }

    [Test]
    public void Without_follow_it_takes_one_job()
    {
        var id = Store.Submit("true");
        Store.Run("log", id, id).MustFail(2, "usage");
        Store.Run("log", "--state", "queued").MustFail(2, "usage");
        Assert.That(Store.Run("log", "--follow", "--project", "nothing").Output, Is.Empty);
    }

    private string Submit(string name, string script) => Store.SubmitWith(["--slot", "none", "--name", name], "sh", "-c", script);

    /// <summary>The worker of a program that prints faster than its lines can be written lets it wait: on a small machine it would be killed otherwise.</summary>
    [Test]
    public void A_program_that_prints_without_end_does_not_fill_the_memory()
    {
        const int limit = 150_000; // KiB; a worker at rest takes half of it, one that held all of it twice as much
        var peak = Store.Beside("peak");
        var id = Store.Submit("sh", "-c", $"yes abcdefghijklmnopqrstuvwxyz | head -c 150000000; grep VmHWM /proc/$PPID/status > '{peak}'");
        CallerStore.Eventually(() => Store.StoredState(id) == "done", "all is printed", 120);
        Assert.That(int.Parse(string.Concat(File.ReadAllText(peak).Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(limit));
    }
}
