namespace AstroJobs.Jobs.Running;

/// <summary>The jobs that wait for the same slots.</summary>
internal sealed class QueueLine(string folder)
{
    public IReadOnlyList<string> Slots { get; } = SlotNames.Decode(Path.GetFileName(folder));

    /// <summary>In the order in which they may start.</summary>
    public IReadOnlyList<QueueEntry> Entries()
    {
        var names = Directory.GetFiles(folder);
        Array.Sort(names, StringComparer.Ordinal);
        return [.. names.Select(QueueEntry.TryParse).OfType<QueueEntry>()];
    }
}
