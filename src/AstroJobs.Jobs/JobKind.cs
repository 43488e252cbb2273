using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs;

/// <summary>A sort of work. A kind reads its parameters, says what it needs to itself, and does the work through a <see cref="JobContext"/>.</summary>
public abstract class JobKind
{
    /// <summary>The word after <c>submit</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How long a cancelled job of this kind may take to stop by itself.</summary>
    public virtual TimeSpan CancelGrace => TimeSpan.FromSeconds(5);

    /// <summary>Whether a new attempt can go on with the <c>work/</c> and <c>output/</c> of a stopped one: then they are kept for it.</summary>
    public virtual bool CanResume => false;

    /// <summary>Whether a running job of this kind heeds <see cref="JobContext.IsPaused"/>.</summary>
    public virtual bool CanPause => false;

    /// <summary>
    /// Runs in the worker. Returning means done; <see cref="JobException"/> is an error for people;
    /// <see cref="OperationCanceledException"/> after a cancel request is cancelled.
    /// </summary>
    internal abstract Task RunAsync(RawJson parameters, JobContext context);
}

/// <summary>A kind with parameters of its own type.</summary>
/// <param name="json">Source-generated, with <see cref="JobsJson"/>'s conventions (snake_case). Asked for only when it is needed: its set-up takes milliseconds.</param>
/// <param name="defaults">What counts where JSON tells nothing.</param>
public abstract class JobKind<TParameters>(Func<JsonTypeInfo<TParameters>> json, Func<TParameters> defaults) : JobKind
    where TParameters : class
{
    /// <summary>What a job with these parameters holds alone while it runs: <c>cpu</c>, <c>camera:sim</c>; empty for nothing.</summary>
    public abstract IReadOnlyList<string> SlotsFor(TParameters parameters);

    /// <summary>
    /// Checks the parameters in the caller's process, makes paths absolute, and writes what belongs into the job's input folder.
    /// Throws <see cref="JobException"/> (<c>bad_input</c>, <c>image_not_found</c>) for what can be known to be wrong already.
    /// </summary>
    public virtual TParameters Prepare(TParameters parameters, SubmitContext context) => parameters;

    protected abstract Task RunAsync(TParameters parameters, JobContext context);

    /// <summary>The parameters as job.json keeps them, in UTF-8.</summary>
    public virtual byte[] Serialize(TParameters parameters) => JsonSerializer.SerializeToUtf8Bytes(parameters, json());

    /// <summary>What <see cref="Serialize"/> wrote, that of an older version too, which may tell less.</summary>
    /// <exception cref="JobException"><c>corrupt</c>: they are not the parameters of this kind.</exception>
    public TParameters Deserialize(RawJson parameters)
    {
        try
        {
            return ParameterReader.Read(parameters.Utf8, defaults(), json());
        }
        catch (JsonException error)
        {
            throw new JobException(ErrorCode.Corrupt, $"The parameters of this {Name} cannot be read: {error.Message}.", "Was its job.json changed by hand? Submit it anew.", error);
        }
    }

    internal sealed override Task RunAsync(RawJson parameters, JobContext context) => RunAsync(Deserialize(parameters), context);
}
