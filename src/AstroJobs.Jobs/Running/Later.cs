using System.Globalization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// The jobs that wait for a time: one empty file a job, named <c>MILLISECONDS-ID</c> (Unix time), so that one look at the folder says
/// when the next is due. Whoever dispatches moves the due ones into the queue. An index like the queue: the truth is <c>not_before</c> in status.json.
/// </summary>
internal sealed class Later(JobStore store)
{
    public string Folder => Path.Combine(store.Engine, "later");

    public bool IsEmpty => !Directory.Exists(Folder) || !Directory.EnumerateFiles(Folder).Any();

    /// <summary>When the next is due; null when nobody waits for a time.</summary>
    public DateTimeOffset? Earliest() => Names().Min(StringComparer.Ordinal) is { } name ? TimeOf(name) : null;

    /// <summary>The earliest first.</summary>
    public IReadOnlyList<QueueEntry> Due(DateTimeOffset now)
    {
        var due = Names().Where(name => TimeOf(name) <= now).ToArray();
        Array.Sort(due, StringComparer.Ordinal);
        return [.. due.Select(name => QueueEntry.TryParse(Path.Combine(Folder, name))!)];
    }

    public string EntryOf(JobId job, DateTimeOffset notBefore) =>
        Path.Combine(Folder, $"{Math.Max(0, notBefore.ToUnixTimeMilliseconds()).ToString("D15", CultureInfo.InvariantCulture)}-{job}");

    private IEnumerable<string> Names() =>
        Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder).Select(static path => Path.GetFileName(path)).Where(IsEntry) : [];

    private static bool IsEntry(string name) => QueueEntry.TryParse(name) is not null && name.IndexOf('-', StringComparison.Ordinal) == 15 && name.AsSpan(0, 15).ContainsAnyExceptInRange('0', '9') is false;

    private static DateTimeOffset TimeOf(string name) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(name.AsSpan(0, 15), CultureInfo.InvariantCulture));
}
