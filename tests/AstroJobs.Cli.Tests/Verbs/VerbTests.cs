using System.Text.Json;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>What each verb answers, to a program and to a person.</summary>
public sealed class VerbTests : CallerFixture
{
    private string Done(params string[] options)
    {
        var id = Store.SubmitWith(options, "echo", "hello");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        return id;
    }

    [Test]
    public void Submit_answers_the_id()
    {
        var json = Store.Run("submit", "run", "--", "true");
        Assert.That(json.Output, Does.Match("""\A\{"ok":true,"job_id":"[0-9a-f]{32}","created":true\}\n\z"""));
        var text = Store.Run("submit", "run", "--output", "text", "--", "true");
        Assert.That(text.Output, Does.Match(@"\A[0-9a-f]{32}\n\z"));
    }

    [Test]
    public void Submit_and_wait_answers_the_result()
    {
        Assert.That(Store.Run("submit", "run", "--wait", "--", "echo", """{"stars":412}""").Output, Is.EqualTo("{\"ok\":true,\"stars\":412}\n"));
        Store.Run("submit", "run", "--wait", "--", "false").MustFail(1, "job_failed");
    }

    [Test]
    public void Status_answers_status_json_with_ok_in_front()
    {
        var id = Done("--project", "m42", "--group", "g", "--name", "n", "--label", "a=1", "--label", "b=x=y");
        var said = Store.Run("status", id);
        Assert.That(said.Output, Is.EqualTo("{\"ok\":true," + File.ReadAllText(Store.StatusFile(id)).TrimEnd()[1..] + "\n"));
        Assert.That(said.Json.EnumerateObject().Select(static member => member.Name), Is.EqualTo([
            "ok", "version", "job_id", "kind", "state", "attempt", "resumed", "project", "group", "name", "labels", "priority", "progress",
            "created_at", "updated_at", "started_at", "finished_at", "worker", "waiting_for", "position", "not_before", "error", "retries_left", "last_error"]));
        Assert.That(said.Json.GetProperty("labels").GetRawText(), Is.EqualTo("""{"a":"1","b":"x=y"}"""));
        Assert.That(Store.Run("status", id, "--output", "text").Output, Is.EqualTo($"{id}  run  n  done\n"));
    }

    [Test]
    public void Status_of_several_has_an_entry_for_each_and_an_unknown_one_spoils_nothing()
    {
        string[] ids = [Done(), "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", Done()];
        var said = Store.Run(["status", .. ids]);
        var jobs = said.Json.GetProperty("jobs").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(said.ExitCode, Is.Zero);
            Assert.That(jobs.Select(static job => job.GetProperty("ok").GetBoolean()), Is.EqualTo([true, false, true]));
            Assert.That(jobs.Select(static job => job.GetProperty("job_id").GetString()), Is.EqualTo(ids));
            Assert.That(jobs[1].GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("job_not_found"));
            Assert.That(Store.Run(["status", "--output", "text", .. ids]).Output.Split('\n'), Has.Length.EqualTo(4));
        });
    }

    [Test]
    public void Result_is_the_json_that_the_program_printed()
    {
        var id = Store.Submit("printf", """{"b": [1, 2.50], "a": "☾"}""");
        Store.Wait(id);
        Assert.That(Store.Run("result", id).Output, Is.EqualTo("{\"ok\":true,\"b\":[1,2.50],\"a\":\"☾\"}\n"));
        Assert.That(Store.Run("result", id, "--output", "text").Output, Does.Contain("\n  \"b\": ["));
    }

    [TestCase("not json")]
    [TestCase("{\"a\":1} and more")]
    [TestCase("")]
    public void Result_of_any_other_output_tells_how_the_program_ended(string output)
    {
        var id = Store.Submit("printf", "%s", output);
        Store.Wait(id);
        var result = Store.Run("result", id).Json;
        Assert.That(result.GetProperty("exit_code").GetInt32(), Is.Zero);
        Assert.That(result.GetProperty("arguments").EnumerateArray().Last().GetString(), Is.EqualTo(output));
    }

    [Test]
    public void List_is_newest_first_and_filtered()
    {
        string[] ids = [Done("--project", "p1", "--group", "g1"), Done("--project", "p2", "--name", "n"), Done("--project", "p1")];
        var failed = Store.Submit("false");
        Store.Wait(failed);
        Assert.Multiple(() =>
        {
            Assert.That(List(), Is.EqualTo([failed, ids[2], ids[1], ids[0]]));
            Assert.That(List("--limit", "2"), Is.EqualTo([failed, ids[2]]));
            Assert.That(List("--project", "p1"), Is.EqualTo([ids[2], ids[0]]));
            Assert.That(List("--project", "p1", "--group", "g1"), Is.EqualTo([ids[0]]));
            Assert.That(List("--name", "n"), Is.EqualTo([ids[1]]));
            Assert.That(List("--state", "error"), Is.EqualTo([failed]));
            Assert.That(List("--state", "error,cancelled", "--state", "done"), Has.Count.EqualTo(4));
            Assert.That(List("--kind", "stack"), Is.Empty);
            Assert.That(List("--since", "1h"), Has.Count.EqualTo(4));
            Assert.That(List("--since", "2999-01-01"), Is.Empty);
        });
        var text = Store.Run("list", "--output", "text");
        Assert.That(text.Output, Does.Contain(failed).And.Contain("tool_failed").And.Contain("p2/n"));
    }

    [Test]
    public void List_of_no_store_is_empty_and_makes_nothing()
    {
        Assert.That(Store.Run("list").Output, Is.EqualTo("{\"ok\":true,\"jobs\":[]}\n"));
        Assert.That(Store.Run("list", "--output", "text").Output, Is.EqualTo("No jobs.\n"));
        Assert.That(Directory.Exists(Store.Root), Is.False);
    }

    [Test]
    public void Log_is_read_by_its_end_by_offsets_and_in_whole()
    {
        var id = Store.Submit("sh", "-c", "for i in 1 2 3 4 5; do echo line $i ☾; done");
        Store.Wait(id);
        var whole = Store.Run("log", id, "--output", "text").Output;
        Assert.That(whole, Does.Match(@"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z line 3 ☾$"));
        Assert.That(Store.Run("log", id, "--tail", "2").Json.GetProperty("content").GetString(), Is.EqualTo(string.Join('\n', whole.Split('\n')[^3..])));
        var (pieces, offset) = ("", 0L);
        for (JsonElement chunk; (chunk = Store.Run("log", id, "--offset", $"{offset}", "--limit", "100").Json).GetProperty("next_offset").GetInt64() > offset; offset = chunk.GetProperty("next_offset").GetInt64())
            pieces += chunk.GetProperty("content").GetString();
        Assert.That(pieces, Is.EqualTo(whole));
    }

    [Test]
    public void Log_follow_prints_what_comes_and_ends_with_the_job()
    {
        var id = Store.Submit("sh", "-c", "echo one; sleep 0.5; echo two");
        var said = Store.Run("log", id, "--follow");
        Assert.That(said.ExitCode, Is.Zero);
        Assert.That(said.Output, Does.Contain("one").And.Contain("two").And.EndsWith("Job Done\n"));
        Assert.That(said.Output, Is.EqualTo(Store.Run("log", id, "--output", "text").Output));
    }

    [Test]
    public void Cancel_tells_what_it_found()
    {
        var running = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");
        var queued = Store.Submit("sleep", "600");
        var said = Store.Run("cancel", running, queued);
        Assert.That(said.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("found").GetString()), Is.EqualTo(["processing", "queued"]));
        Assert.That(said.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("state").GetString()), Has.All.EqualTo("cancelled"));
        var third = Store.Submit("sleep", "600");
        Assert.That(Store.Run("cancel", third, "--output", "text").Output, Does.Match($@"\A{third}  cancelled \(was (queued|processing)\)\n\z"));
    }

    [Test]
    public void Delete_removes_the_job_and_all_its_files()
    {
        var id = Done();
        Assert.That(Store.Run("delete", id).Output, Is.EqualTo($"{{\"ok\":true,\"job_id\":\"{id}\"}}\n"));
        Store.Run("status", id).MustFail(3, "job_not_found");
        Assert.That(Directory.EnumerateFileSystemEntries(Store.Root, $"*{id}*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Store.Run("delete", Done(), "--output", "text").Output, Does.EndWith("  deleted\n"));
    }

    [Test]
    public void A_deleted_queued_job_never_starts()
    {
        var first = Store.Submit("sleep", "600");
        var second = Store.Submit("touch", Store.Beside("ran"));
        Assert.That(Store.Run("delete", second).ExitCode, Is.Zero);
        Store.Run("cancel", first);
        var third = Store.Submit("true");
        Assert.That(Store.Wait(third).ExitCode, Is.Zero);
        Assert.That(File.Exists(Store.Beside("ran")), Is.False);
    }

    [TestCase("bash", "-n")]
    public void The_completion_script_completes_in_a_real_shell(string shell, string check)
    {
        var script = Store.Run("completion", shell, "--output", "text").Output;
        File.WriteAllText(Store.Beside("completion"), script);
        Assert.That(Store.RunProgram(shell, check, Store.Beside("completion")).ExitCode, Is.Zero);
        File.CreateSymbolicLink(Store.Beside("astrojobs"), PublishedProgram.Path);
        var words = Complete("astrojobs ", "1") + Complete("astrojobs submit r", "2") + Complete("astrojobs list --sta", "2") + Complete("astrojobs list --state pro", "3");
        Assert.That(words.Split('\n'), Is.SupersetOf((string[])["status", "submit", "cancel", "run", "--state", "processing"]));

        string Complete(string line, string word) => Store.RunProgram(shell, "-c", $"""
            PATH="{Path.GetDirectoryName(Store.Beside("x"))}:$PATH"; source "{Store.Beside("completion")}"
            COMP_LINE='{line}'; COMP_POINT={line.Length}; read -ra COMP_WORDS <<< "$COMP_LINE"; COMP_CWORD={word}; [ "${"{COMP_LINE: -1}"}" = ' ' ] && COMP_WORDS+=('')
            _astrojobs; printf '%s\n' "${"{COMPREPLY[@]}"}"
            """).Output;
    }

    [Test]
    public void Weird_words_arrive_as_they_were_given()
    {
        using var store = new CallerStore("jobs of 'the' \"night\"\nü ☾ $HOME");
        string[] weird = ["a b", "", "'", "\"", "new\nline", "☾ü", "$HOME `id` *", "\\", "-x", "--", "tab\t"];
        var id = store.SubmitWith(["--name", weird[4], "--label", "k ü=v\n☾=", "--project", "--group x"], ["printf", "[%s]", .. weird]);
        var status = store.Wait(id);
        Assert.That(status.ExitCode, Is.Zero, status.Output);
        Assert.Multiple(() =>
        {
            Assert.That(status.Json.GetProperty("name").GetString(), Is.EqualTo("new\nline"));
            Assert.That(status.Json.GetProperty("labels").GetProperty("k ü").GetString(), Is.EqualTo("v\n☾="));
            Assert.That(store.Run("result", id).Json.GetProperty("arguments").EnumerateArray().Skip(1).Select(static word => word.GetString()), Is.EqualTo(weird));
            Assert.That(store.Run("list", "--name", "new\nline").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(1));
            Assert.That(store.Run("list", "--output", "text").ExitCode, Is.Zero);
        });
    }

    private List<string?> List(params string[] filters) =>
        [.. Store.Run(["list", .. filters]).Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("job_id").GetString())];
}
