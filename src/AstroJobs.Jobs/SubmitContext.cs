namespace AstroJobs.Jobs;

/// <summary>What a kind sees while its parameters are checked, in the caller's process, before the job exists.</summary>
public abstract class SubmitContext
{
    /// <summary>The new job's <c>input/</c>. It stands under a temporary name now: nothing may keep this path.</summary>
    public abstract string InputFolder { get; }

    /// <summary>Relative paths of the caller are joined to this.</summary>
    public abstract string CallerFolder { get; }

    public abstract TimeProvider Time { get; }

    /// <summary>The job that <paramref name="idOrPrefix"/> names, which is not waited for. Throws <see cref="JobException"/> (<c>job_not_found</c>, <c>ambiguous_id</c>).</summary>
    public abstract JobId Find(string idOrPrefix);

    /// <summary>
    /// The job that <paramref name="idOrPrefix"/> names. The new job starts only when that one is done; if it fails, the new one
    /// ends as <c>error/dependency_failed</c>. Throws <see cref="JobException"/> (<c>job_not_found</c>, <c>ambiguous_id</c>, or <c>bad_input</c> when it has failed already).
    /// </summary>
    public abstract JobId WaitFor(string idOrPrefix);
}
