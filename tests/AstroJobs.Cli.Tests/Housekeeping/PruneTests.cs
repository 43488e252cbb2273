using System.Text.Json;

namespace AstroJobs.Cli.Tests.Housekeeping;

/// <summary><c>prune</c> over jobs that really ran.</summary>
public sealed class PruneTests : CallerFixture
{
    [Test]
    public void What_ended_long_ago_goes_and_the_answer_says_what_and_how_much()
    {
        var old = Done("sh", "-c", "head -c 100000 /dev/zero >\"$JOBS_DIR/$ASTROJOBS_JOB_ID/output/big\"");
        var failed = Store.Submit("false");
        Store.Wait(failed);
        var recent = Done("true");
        Store.MoveBack(old, TimeSpan.FromDays(20));
        Store.MoveBack(failed, TimeSpan.FromDays(15));
        var bytes = Directory.EnumerateFiles(Store.Folder(old), "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length);

        var dry = Store.Run("prune", "--older-than", "14d", "--dry-run");
        Assert.That(Left(), Is.EquivalentTo([old, failed, recent]), "a dry run deletes nothing");
        var said = Store.Run("prune", "--older-than", "14d");

        Assert.Multiple(() =>
        {
            Assert.That((dry.ExitCode, said.ExitCode), Is.EqualTo((0, 0)));
            Assert.That(said.Output.Replace("\"dry_run\":false", "\"dry_run\":true", StringComparison.Ordinal), Is.EqualTo(dry.Output));
            Assert.That(said.Json.EnumerateObject().Select(static member => member.Name), Is.EqualTo(["ok", "dry_run", "pruned", "bytes_freed", "kept"]));
            Assert.That(Pruned(said).Select(static job => Word(job, "job_id")), Is.EqualTo([old, failed]), "the oldest first");
            Assert.That(Pruned(said).Select(static job => Word(job, "state")), Is.EqualTo(["done", "error"]));
            Assert.That(Pruned(said)[0].GetProperty("bytes").GetInt64(), Is.EqualTo(bytes).And.GreaterThan(100_000));
            Assert.That(Pruned(said)[0].EnumerateObject().Select(static member => member.Name), Is.EqualTo(["job_id", "state", "kind", "finished_at", "bytes"]));
            Assert.That(said.Json.GetProperty("bytes_freed").GetInt64(), Is.EqualTo(Pruned(said).Sum(static job => job.GetProperty("bytes").GetInt64())));
            Assert.That(said.Json.GetProperty("kept").GetInt32(), Is.EqualTo(1));
            Assert.That(Left(), Is.EquivalentTo([recent]));
            Assert.That(Store.Run("prune", "--older-than", "14d", "--output", "text").Output, Is.Empty, "nothing to do is nothing to say");
        });
    }

    [Test]
    public void Neither_what_is_live_nor_what_a_live_job_waits_for_goes()
    {
        var source = Done("true");
        var other = Done("true");
        var running = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");
        var queued = Store.SubmitWith(["--after", source], "true");

        var said = Store.Run("prune", "--keep", "0", "--max-bytes", "0");

        Assert.That(Pruned(said).Select(static job => Word(job, "job_id")), Is.EqualTo([other]));
        Assert.That(Left(), Is.EquivalentTo([source, running, queued]));
        Assert.That(Store.StoredState(running), Is.EqualTo("processing"));
    }

    [Test]
    public void Twenty_prunes_at_once_delete_each_job_once()
    {
        string[] ids = [.. Enumerable.Range(0, 30).Select(_ => Store.SubmitWith(["--slot", "none"], "true"))];
        Assert.That(Store.Wait(ids).ExitCode, Is.Zero);
        string[] byEnd = [.. ids.OrderBy(id => Word(Store.Stored(id), "finished_at"), StringComparer.Ordinal).ThenBy(static id => id, StringComparer.Ordinal)];
        var trash = Path.Combine(Store.Root, ".astrojobs", "trash", "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", "output");
        Directory.CreateDirectory(trash);
        foreach (var i in Enumerable.Range(0, 200))
            File.WriteAllText(Path.Combine(trash, $"{i}.fits"), "left by a delete that was killed");

        var said = new Said[20];
        Parallel.For(0, said.Length, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i => said[i] = Store.Run("prune", "--keep", "2"));

        Assert.Multiple(() =>
        {
            Assert.That(said.Select(static one => one.ExitCode), Has.All.Zero, string.Join("", said.Select(static one => one.Output + one.Error)));
            Assert.That(said.SelectMany(Pruned).Select(static job => Word(job, "job_id")), Is.EquivalentTo(byEnd[..28]));
            Assert.That(Left(), Is.EquivalentTo(byEnd[28..]));
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Store.Root, ".astrojobs", "trash")), Is.Empty);
        });
    }

    [Test]
    public void A_job_that_cannot_be_read_stays_and_a_store_that_is_not_there_is_not_made()
    {
        Assert.That(Store.Run("prune", "--keep", "0").Output, Is.EqualTo("{\"ok\":true,\"dry_run\":false,\"pruned\":[],\"bytes_freed\":0,\"kept\":0}\n"));
        Assert.That(Directory.Exists(Store.Root), Is.False);
        var broken = Done("true");
        File.WriteAllText(Store.StatusFile(broken), "{\"version\":1,");
        var good = Done("true");
        var said = Store.Run("prune", "--keep", "0");
        Assert.That(Pruned(said).Select(static job => Word(job, "job_id")), Is.EqualTo([good]));
        Assert.That((said.Json.GetProperty("kept").GetInt32(), File.ReadAllText(Store.StatusFile(broken))), Is.EqualTo((1, "{\"version\":1,")));
    }

    private string Done(params string[] program)
    {
        var id = Store.Submit(program);
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        CallerStore.Eventually(() => !Directory.Exists(Path.Combine(Store.Folder(id), "work")), "its worker has cleared up");
        return id;
    }

    private IEnumerable<string> Left() => Directory.EnumerateDirectories(Store.Root).Select(static folder => Path.GetFileName(folder)).Where(static name => name[0] != '.');

    private static List<JsonElement> Pruned(Said said) => [.. said.Json.GetProperty("pruned").EnumerateArray()];

    private static string? Word(JsonElement job, string member) => job.GetProperty(member).GetString();
}
