using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Chains;

/// <summary>The surroundings of a submit that does not happen yet: what it writes is thrown away, and the job that it waits for is yet to come.</summary>
internal sealed class Rehearsal(SubmitContext caller) : SubmitContext, IDisposable
{
    private string? _input;

    /// <summary>Stands for the job that is yet to come.</summary>
    public JobId Anybody { get; } = JobId.New(caller.Time);

    public override string InputFolder => _input ??= Directory.CreateTempSubdirectory("astrojobs-").FullName;

    public override string CallerFolder => caller.CallerFolder;

    public override TimeProvider Time => caller.Time;

    public override JobId Find(string idOrPrefix) => idOrPrefix == Anybody.ToString() ? Anybody : caller.Find(idOrPrefix);

    public override JobId WaitFor(string idOrPrefix) => idOrPrefix == Anybody.ToString() ? Anybody : caller.WaitFor(idOrPrefix);

    public void Dispose()
    {
        if (_input is not null)
            Directory.Delete(_input, recursive: true);
    }
}
