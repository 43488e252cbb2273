namespace AstroJobs.Jobs.Running;

/// <summary>One job's place in a line.</summary>
internal sealed record QueueEntry(string Path, JobId Job)
{
    /// <summary>Null for a name that no dispatcher wrote.</summary>
    public static QueueEntry? TryParse(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return JobId.TryParse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], out var id) ? new QueueEntry(path, id) : null;
    }

    public void Remove() => File.Delete(Path);
}
