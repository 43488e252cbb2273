using System.Text.Json;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>What must be true of every store after every fault.</summary>
internal static class SoundStore
{
    private static readonly string[] Final = ["done", "error", "cancelled"];

    /// <summary>Succeeds when each job is whole, ends, and is told so by all; when its slot is free; and when nothing half-made stays.</summary>
    public static void MustBeSound(this CallerStore store)
    {
        var ids = JobsIn(store);
        foreach (var id in ids)
            MustBeWhole(store, id);
        var listed = store.Run("list").Json.GetProperty("jobs").EnumerateArray().ToList();
        Assert.That(listed.Select(static job => (job.GetProperty("ok").GetBoolean(), job.GetProperty("job_id").GetString())), Is.EquivalentTo(ids.Select(static id => (true, id))));
        var next = store.Submit("true");
        Assert.That(store.Wait(next).State, Is.EqualTo("done"), "the slot is free for another job");
        foreach (var id in ids)
            CallerStore.Eventually(() => Final.Contains(store.StoredState(id)), "every job ends");
        MustLeaveNothingHalfMade(store);
    }

    /// <summary>The jobs that have a name.</summary>
    public static IReadOnlyList<string> JobsIn(CallerStore store) =>
        Directory.Exists(store.Root) ? [.. Directory.EnumerateDirectories(store.Root).Select(static path => Path.GetFileName(path)).Where(static name => name[0] != '.').Order()] : [];

    public static IReadOnlyList<string> UnderConstruction(CallerStore store)
    {
        var folder = Path.Combine(store.Root, ".astrojobs", "new");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder)] : [];
    }

    private static void MustBeWhole(CallerStore store, string id)
    {
        Assert.That(Directory.EnumerateFileSystemEntries(store.Folder(id)).Select(Path.GetFileName), Is.SupersetOf((string[])["job.json", "status.json", "task.log", "input", "output", "lock"]));
        foreach (var file in Directory.EnumerateFiles(store.Folder(id), "*.json", SearchOption.AllDirectories))
            Assert.That(() => JsonDocument.Parse(File.ReadAllBytes(file)), Throws.Nothing, file);
    }

    private static void MustLeaveNothingHalfMade(CallerStore store)
    {
        foreach (var folder in UnderConstruction(store))
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow - TimeSpan.FromMinutes(2)); // younger ones are left to their builders
        if (UnderConstruction(store).Count > 0)
            store.Wait(store.Submit("true"));
        Assert.That(UnderConstruction(store), Is.Empty, "the next submit sweeps");
        store.Run("prune", "--older-than", "365d");
        var trash = Path.Combine(store.Root, ".astrojobs", "trash");
        Assert.That(Directory.Exists(trash) ? Directory.EnumerateFileSystemEntries(trash) : [], Is.Empty, "prune empties the trash");
        CallerStore.Eventually(() => Directory.EnumerateFiles(Path.Combine(store.Root, ".astrojobs", "queue"), "*", SearchOption.AllDirectories).All(static _ => false), "no entry stays in the queue");
    }
}
