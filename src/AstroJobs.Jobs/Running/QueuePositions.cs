namespace AstroJobs.Jobs.Running;

/// <summary>How many stand before a job, in all lines that need one of its slots too. A line is read once for many questions, until its folder changes.</summary>
internal sealed class QueuePositions(Queue queue)
{
    private readonly Dictionary<string, Line> _lines = [];

    /// <summary>1 is the next; null for a job that stands in no line, or needs no slot.</summary>
    public int? Of(JobSpec spec)
    {
        var entry = queue.EntryOf(spec);
        var name = Path.GetFileName(entry);
        if (spec.Slots.Count == 0 || !File.Exists(entry))
            return null;
        var before = 0;
        foreach (var folder in queue.LineFolders())
            if (LineOf(folder) is var line && line.Shares(spec.Slots))
                before += line.CountBefore(name);
        return before + 1;
    }

    private Line LineOf(string folder)
    {
        var changed = Directory.GetLastWriteTimeUtc(folder);
        if (!_lines.TryGetValue(folder, out var line) || line.Changed != changed)
            _lines[folder] = line = new Line(folder, changed);
        return line;
    }

    private sealed class Line(string folder, DateTime changed)
    {
        private readonly IReadOnlyList<string> _slots = SlotNames.Decode(Path.GetFileName(folder));
        private string[]? _names;

        public DateTime Changed => changed;

        public bool Shares(IReadOnlyList<string> slots)
        {
            foreach (var slot in slots)
                if (_slots.Contains(slot))
                    return true;
            return false;
        }

        public int CountBefore(string name)
        {
            var index = Array.BinarySearch(_names ??= QueueLine.NamesIn(folder), name, StringComparer.Ordinal);
            return index < 0 ? ~index : index;
        }
    }
}
