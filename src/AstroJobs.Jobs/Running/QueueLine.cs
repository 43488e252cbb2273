namespace AstroJobs.Jobs.Running;

/// <summary>The jobs that wait for the same slots.</summary>
/// <param name="entries">In the order in which they may start; asked for only when it matters.</param>
internal sealed class QueueLine(IReadOnlyList<string> slots, Func<IEnumerable<QueueEntry>> entries)
{
    public IReadOnlyList<string> Slots => slots;

    public IReadOnlyList<SlotNeed> Needs { get; } = SlotNeed.Of(slots);

    public IEnumerable<QueueEntry> Entries() => entries();

    /// <summary>A line as it stands on disk: the folder's name tells the slots, its files are the entries.</summary>
    public static QueueLine OfFolder(string folder) => new(SlotNames.Decode(Path.GetFileName(folder)), () => Read(folder));

    /// <summary>The names of a line's entries, in order. The line is gone when its folder is.</summary>
    public static string[] NamesIn(string folder)
    {
        var names = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        for (var i = 0; i < names.Length; i++)
            names[i] = Path.GetFileName(names[i]); // short, so that sorting ten thousand of them is quick
        if (names.Length > 1) // the first sort of a process takes a millisecond
            Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static IEnumerable<QueueEntry> Read(string folder)
    {
        foreach (var name in NamesIn(folder))
            if (QueueEntry.TryParse(Path.Combine(folder, name)) is { } entry)
                yield return entry;
    }
}
