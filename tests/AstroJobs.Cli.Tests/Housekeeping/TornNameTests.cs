namespace AstroJobs.Cli.Tests.Housekeeping;

/// <summary>Jobs whose programs write file names that are no UTF-8: a folder full of frames must not stay on the card for it.</summary>
public sealed class TornNameTests : CallerFixture
{
    private const string Everywhere = "for folder in output work; do printf light >\"$JOBS_DIR/$ASTROJOBS_JOB_ID/$folder/$(printf 'm31\\377').fits\"; done";

    [Test]
    public void Delete_and_prune_remove_the_job_and_say_its_size()
    {
        var (first, second) = (Ended("done"), Ended("done"));
        Assert.That(Directory.Exists(Path.Combine(Store.Folder(first), "work")), Is.False, "its scratch is cleared when it ends");
        Assert.That(Store.Run("delete", first).Output, Is.EqualTo($"{{\"ok\":true,\"job_id\":\"{first}\"}}\n"));
        var pruned = Store.Run("prune", "--keep", "0");
        Assert.That(pruned.ExitCode, Is.Zero, pruned.Output);
        Assert.That(pruned.Json.GetProperty("pruned")[0].GetProperty("job_id").GetString(), Is.EqualTo(second));
        Assert.That(Directory.EnumerateFileSystemEntries(Store.Root, "*m31*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Directory.EnumerateDirectories(Store.Root).Select(static folder => Path.GetFileName(folder)), Is.EqualTo([".astrojobs"]));
    }

    [Test]
    public void A_retry_begins_with_a_clean_folder()
    {
        var id = Ended("error", "; test $ASTROJOBS_ATTEMPT = 2");
        Assert.That(Store.Run("retry", id).ExitCode, Is.Zero);
        Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
        Assert.That(Directory.GetFiles(Path.Combine(Store.Folder(id), "attempts", "1", "output"), "m31*"), Has.Length.EqualTo(1), "what the first attempt wrote is kept");
        Assert.That(Store.Run("delete", id).ExitCode, Is.Zero);
        Assert.That(Directory.Exists(Store.Folder(id)), Is.False);
    }

    private string Ended(string state, string and = "")
    {
        var id = Store.Submit("sh", "-c", Everywhere + and);
        Assert.That(Store.Wait(id).State, Is.EqualTo(state));
        return id;
    }
}
