using System.Text.Json;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --batch</c>: a JSON request a line in, a JSON answer a line out.</summary>
public sealed class BatchTests : CallerFixture
{
    [Test]
    public void Every_line_has_its_answer_in_order_and_a_bad_one_stops_nothing()
    {
        var said = Batch(
            """{"kind":"run","program":["true"],"project":"p","group":"g","name":"-n","label":{"a":"1","b":"x=y"},"priority":-7,"key":"k"}""",
            """not json""",
            "",
            """{"kind":"nonsense"}""",
            """{"kind":"run","program":["true"],"colour":"red"}""",
            """{"kind":"run","program":["no-such-program"]}""",
            """{"kind":"run","program":["true"],"priority":1001}""",
            """{"kind":"run","program":["true"],"key":"k"}""",
            """["run"]""",
            """{"kind":"run","program":["true"],"wait":true}""",
            """  {"kind":"run","program":["true"],"slot":"none","if_busy":null}  """);
        var answers = Answers(said);
        Assert.Multiple(() =>
        {
            Assert.That(said.ExitCode, Is.EqualTo(7), "the worst");
            Assert.That(answers.Select(static answer => answer.GetProperty("line").GetInt32()), Is.EqualTo([1, 2, 4, 5, 6, 7, 8, 9, 10, 11]), "a blank line is no request");
            Assert.That(answers.Select(Code), Is.EqualTo(new[] { null, "bad_input", "bad_input", "bad_input", "tool_missing", "usage", null, "bad_input", "bad_input", null }));
            Assert.That(answers[6].GetProperty("job_id").GetString(), Is.EqualTo(Id(answers[0])), "the same key is the same job");
            Assert.That(answers[6].GetProperty("created").GetBoolean(), Is.False);
            Assert.That(answers[5].GetProperty("error").GetProperty("message").GetString(), Does.Contain("--priority"));
        });
        var stored = Store.Stored(Id(answers[0]));
        Assert.That((stored.GetProperty("project").GetString(), stored.GetProperty("name").GetString(), stored.GetProperty("priority").GetInt32()), Is.EqualTo(("p", "-n", -7)));
        Assert.That(stored.GetProperty("labels").GetRawText(), Is.EqualTo("""{"a":"1","b":"x=y"}"""));
        Assert.That(Store.Wait(Id(answers[0]), Id(answers[9])).ExitCode, Is.Zero);
    }

    [Test]
    public void A_line_waits_for_earlier_ones_by_number_and_by_key()
    {
        var said = Batch(
            """{"kind":"burst","camera":"sim","count":3,"instant":true,"size":"320x240","key":"frames of ☾"}""",
            """{"kind":"stack","from_job":"#1"}""",
            """{"kind":"run","program":["true"],"after":["#2","frames of ☾"],"slot":"none"}""",
            """{"kind":"run","program":["true"],"after":["#5"]}""",
            """{"kind":"run","program":["true"],"after":["#4"]}""");
        var answers = Answers(said);
        Assert.That(answers.Select(Code), Is.EqualTo(new[] { null, null, null, "bad_input", "bad_input" }), said.Output);
        var after = JsonDocument.Parse(File.ReadAllText(Path.Combine(Store.Folder(Id(answers[2])), "job.json"))).RootElement.GetProperty("after");
        Assert.That(after.EnumerateArray().Select(static id => id.GetString()), Is.EqualTo([Id(answers[1]), Id(answers[0])]));
        Assert.That(JsonDocument.Parse(File.ReadAllText(Path.Combine(Store.Folder(Id(answers[1])), "job.json"))).RootElement.GetProperty("after")[0].GetString(), Is.EqualTo(Id(answers[0])));
    }

    [Test]
    public void Words_arrive_as_they_were_given()
    {
        string[] weird = ["a b", "", "'", "\"", "new\nline", "☾ü", "$HOME `id` *", "\\", "-x", "--", "--name=x", "@file", "tab\t"];
        var said = Batch(JsonSerializer.Serialize(new { kind = "run", program = (string[])["printf", "[%s]", .. weird], name = "@☾ \n --group", project = "", group = "a:b=c" }));
        Assert.That(said.ExitCode, Is.Zero, said.Output);
        var id = Id(Answers(said)[0]);
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        Assert.That(Store.Run("result", id).Json.GetProperty("arguments").EnumerateArray().Skip(1).Select(static word => word.GetString()), Is.EqualTo(weird));
        var stored = Store.Stored(id);
        Assert.That((stored.GetProperty("name").GetString(), stored.GetProperty("project").GetString(), stored.GetProperty("group").GetString()), Is.EqualTo(("@☾ \n --group", "", "a:b=c")));
    }

    [Test]
    public void A_backend_may_ask_line_by_line_and_has_each_answer_at_once()
    {
        using var batch = Store.Start(PublishedProgram.Path, "submit", "--batch", "-");
        for (var i = 1; i <= 3; i++)
        {
            batch.StandardInput.WriteLine("""{"kind":"run","program":["sleep","600"]}""");
            batch.StandardInput.Flush();
            var answer = batch.StandardOutput.ReadLineAsync();
            Assert.That(answer.Wait(TimeSpan.FromSeconds(90)), "the answer comes while the batch goes on");
            Assert.That(answer.Result, Does.StartWith($$"""{"ok":true,"line":{{i}},"job_id":"{{""}}"""));
        }
        batch.StandardInput.Close();
        Assert.That(batch.WaitForExit(90_000), "it ends");
        Assert.That(batch.ExitCode, Is.EqualTo(0));
    }

    [Test]
    public void An_interrupted_batch_says_so()
    {
        using var batch = Store.Start(PublishedProgram.Path, "submit", "--batch", "-");
        batch.StandardInput.WriteLine("""{"kind":"run","program":["true"]}""");
        batch.StandardInput.Flush();
        Assert.That(batch.StandardOutput.ReadLineAsync().Wait(TimeSpan.FromSeconds(90)));
        LiveProcesses.Kill(batch.Id, "INT");
        Assert.That(batch.WaitForExit(90_000), "it ends");
        Assert.That(batch.ExitCode, Is.EqualTo(130));
    }

    [Test]
    public void A_line_longer_than_any_request_is_refused_and_the_next_one_served()
    {
        var said = Batch(new string('x', 3 << 20), """{"kind":"run","program":["true"]}""");
        Assert.That(Answers(said).Select(Code), Is.EqualTo(new[] { "bad_input", null }));
    }

    [Test]
    public void In_text_it_answers_ids_and_tells_failures_on_stderr_with_their_line()
    {
        File.WriteAllText(Store.Beside("requests"), """{"kind":"run","program":["true"]}""" + "\n{}\n");
        var said = Store.Run("submit", "--batch", "requests", "--output", "text");
        Assert.That(said.ExitCode, Is.EqualTo(2));
        Assert.That(said.Output, Does.Match(@"\A[0-9a-f]{32}\n\z"));
        Assert.That(said.Error, Does.StartWith("line 2: bad_input: "));
    }

    [Test]
    public void Neither_a_kind_nor_a_batch_is_usage_2_and_a_file_that_is_not_there_bad_input_2()
    {
        Store.Run("submit").MustFail(2, "usage");
        Store.Run("submit", "--batch", "nothing").MustFail(2, "bad_input");
        Assert.That(Directory.Exists(Store.Root), Is.False);
    }

    private Said Batch(params string[] lines)
    {
        File.WriteAllText(Store.Beside("requests"), string.Join('\n', lines));
        return Store.Run("submit", "--batch", "requests");
    }

    private static List<JsonElement> Answers(Said said) => [.. said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    private static string Id(JsonElement answer) => answer.GetProperty("job_id").GetString()!;

    private static string? Code(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? null : answer.GetProperty("error").GetProperty("code").GetString();
}
