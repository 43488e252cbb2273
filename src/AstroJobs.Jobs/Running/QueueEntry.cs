using System.Globalization;

namespace AstroJobs.Jobs.Running;

/// <summary>One job's place in a line: a file named <c>RANK-ID</c>, so that names sort in the order in which jobs may start.</summary>
internal sealed record QueueEntry(string Path, JobId Job)
{
    private const int PriorityBase = 1_000_000;

    /// <summary>Compared by its characters: the higher priority comes first, then the older job.</summary>
    public string Rank => System.IO.Path.GetFileName(Path);

    public static string NameOf(int priority, JobId job) => $"{(PriorityBase - priority).ToString("D7", CultureInfo.InvariantCulture)}-{job}";

    /// <summary>Null for a name that no dispatcher wrote.</summary>
    public static QueueEntry? TryParse(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return JobId.TryParse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], out var id) ? new QueueEntry(path, id) : null;
    }

    /// <summary>What is gone is gone: the line itself may never have been made.</summary>
    public void Remove()
    {
        if (File.Exists(Path))
            File.Delete(Path);
    }
}
