namespace AstroJobs.Cli.Tests.Housekeeping;

/// <summary><c>stats</c> over jobs that really ran.</summary>
public sealed class StatsTests : CallerFixture
{
    [Test]
    public void The_store_is_counted_and_its_failures_are_told()
    {
        string[] ended = [Store.SubmitWith(["--project", "m42"], "true"), Store.SubmitWith(["--project", "m42", "--group", "g"], "sh", "-c", "exit 3")];
        Store.Wait(ended);
        foreach (var id in ended)
            CallerStore.Eventually(() => !Directory.Exists(Path.Combine(Store.Folder(id), "work")), "its worker has cleared up");
        var bytes = Directory.EnumerateFiles(Store.Root, "*", SearchOption.AllDirectories).Where(static file => !file.Contains("/.astrojobs/", StringComparison.Ordinal)).Sum(static file => new FileInfo(file).Length);
        Assert.That(Store.Run("stats").Json.GetProperty("bytes").GetInt64(), Is.EqualTo(bytes));
        var running = Store.SubmitWith(["--name", "long"], "sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");

        var json = Store.Run("stats").Json;

        Assert.Multiple(() =>
        {
            Assert.That(json.EnumerateObject().Select(static member => member.Name), Is.EqualTo([
                "ok", "jobs", "by_state", "by_kind", "by_project", "by_group", "bytes", "unreadable", "running", "recent_failures"]));
            Assert.That(json.GetProperty("jobs").GetInt32(), Is.EqualTo(3));
            Assert.That(json.GetProperty("by_state").GetRawText(), Is.EqualTo("""{"queued":0,"processing":1,"done":1,"error":1,"cancelled":0}"""));
            Assert.That(json.GetProperty("by_kind").GetRawText(), Is.EqualTo("""{"run":3}"""));
            Assert.That(json.GetProperty("by_project").GetRawText(), Is.EqualTo("""{"m42":2}"""));
            Assert.That(json.GetProperty("by_group").GetRawText(), Is.EqualTo("""{"g":1}"""));
            Assert.That(json.GetProperty("running")[0].GetProperty("job_id").GetString(), Is.EqualTo(running));
            Assert.That(json.GetProperty("running")[0].GetProperty("name").GetString(), Is.EqualTo("long"));
            var failure = json.GetProperty("recent_failures")[0];
            Assert.That((failure.GetProperty("job_id").GetString(), failure.GetProperty("code").GetString()), Is.EqualTo((ended[1], "tool_failed")));
            Assert.That(failure.GetProperty("message").GetString(), Does.Contain("exit code 3"));
            Assert.That(Store.Run("stats", "--output", "text").Output, Does.Match($@"\Ajobs +3  [\d.]+ [KM]?B\nstates +queued 0  processing 1  done 1(.*\n)+running +{running}.*\nfailed +{ended[1]}"));
        });
    }

    [Test]
    public void Only_what_is_asked_for_counts_and_a_job_that_cannot_be_read_is_told()
    {
        Assert.That(Store.Run("stats").Json.GetProperty("jobs").GetInt32(), Is.Zero);
        Assert.That(Directory.Exists(Store.Root), Is.False, "looking makes nothing");
        string[] ids = [Store.Submit("true"), Store.Submit("true")];
        Store.Wait(ids);
        File.WriteAllText(Store.StatusFile(ids[0]), "");
        var json = Store.Run("stats", "--since", "1h").Json;
        Assert.That((json.GetProperty("jobs").GetInt32(), json.GetProperty("unreadable").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That(Store.Run("stats", "--since", "2999-01-01").Json.GetProperty("jobs").GetInt32(), Is.Zero);
    }
}
