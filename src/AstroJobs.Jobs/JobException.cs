namespace AstroJobs.Jobs;

/// <summary>A failure for people: a code for callers, what failed and why, and a hint that says what to do now.</summary>
public class JobException : Exception
{
    public JobException(string code, string message, string? hint = null, Exception? inner = null) : base(message, inner) =>
        (Code, Hint) = (code, hint);

    public JobException(JobError error) : this(error.Code, error.Message, error.Hint)
    {
    }

    /// <summary>One of <see cref="ErrorCode"/>.</summary>
    public string Code { get; }

    public string? Hint { get; }

    public JobError ToError() => new(Code, Message, Hint);
}
