using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Store;

/// <summary>The folder of all jobs (JOBS_DIR). Reading it makes nothing.</summary>
public sealed class JobStore(string root)
{
    private volatile JobFolder? _made;

    public string Root { get; } = System.IO.Path.GetFullPath(root);

    /// <summary>Queue entries, slot locks and jobs under construction.</summary>
    public string Engine => System.IO.Path.Combine(Root, ".astrojobs");

    internal string UnderConstruction => System.IO.Path.Combine(Engine, "new");

    internal string Trash => System.IO.Path.Combine(Engine, "trash");

    internal string Keys => System.IO.Path.Combine(Engine, "keys");

    public JobFolder Open(JobId id) => _made is { } made && made.Id == id ? made : new JobFolder(PathOf(id), id);

    /// <summary>Where a job is before it has its name.</summary>
    internal JobFolder OpenUnderConstruction(JobId id) => new(System.IO.Path.Combine(UnderConstruction, id.ToString()), id);

    public string PathOf(JobId id) => System.IO.Path.Combine(Root, id.ToString());

    /// <summary>Keeps the job that was just made for the next <see cref="Open"/>: it knows what stands in its files.</summary>
    internal void Keep(JobFolder made) => _made = made;

    /// <summary>Finds a job by its id or the unambiguous beginning of it.</summary>
    /// <exception cref="JobException"><c>job_not_found</c>, <c>ambiguous_id</c>.</exception>
    public JobFolder Find(string idOrPrefix)
    {
        if (!JobId.TryParsePrefix(idOrPrefix, out var prefix))
            throw NotFound(idOrPrefix);
        if (JobId.TryParse(prefix, out var id))
            return Open(id) is { Exists: true } folder ? folder : throw NotFound(idOrPrefix);
        var matches = Ids().Where(candidate => candidate.ToString().StartsWith(prefix, StringComparison.Ordinal)).Take(2).ToList();
        return matches.Count switch
        {
            0 => throw NotFound(idOrPrefix),
            1 => Open(matches[0]),
            _ => throw new JobException(ErrorCode.AmbiguousId, $"More than one job begins with '{idOrPrefix}'.", "Give more digits of the id."),
        };
    }

    /// <summary>All job ids, in no order; names that are not ids are passed over.</summary>
    public IEnumerable<JobId> Ids()
    {
        if (File.Exists(Root))
            throw new JobException(ErrorCode.IoError, $"'{Root}' is a file, not a folder of jobs.", "Set JOBS_DIR (or --jobs-dir) to a folder.");
        if (!Directory.Exists(Root))
            yield break;
        foreach (var path in Directory.EnumerateDirectories(Root))
            if (JobId.TryParse(System.IO.Path.GetFileName(path), out var id))
                yield return id;
    }

    public IReadOnlyList<JobId> IdsNewestFirst()
    {
        var ids = Ids().ToArray();
        Array.Sort(ids, static (left, right) => right.CompareTo(left));
        return ids;
    }

    /// <summary>Makes the store with one of the engine's folders.</summary>
    internal void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new JobException(
                Errno.IsDiskFull(error) ? ErrorCode.DiskFull : ErrorCode.IoError,
                $"Cannot make jobs in '{Root}': {error.Message}",
                "Set JOBS_DIR (or --jobs-dir) to a folder that you can write to.",
                error);
        }
    }

    internal static JobException NotFound(string id) =>
        new(ErrorCode.JobNotFound, $"There is no job '{id}'.", "`astrojobs list` shows the jobs of this store; is JOBS_DIR the one it was submitted with?");
}
