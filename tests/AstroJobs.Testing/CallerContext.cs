using AstroJobs.Jobs;

namespace AstroJobs.Testing;

/// <summary>The surroundings of a submit without the engine: a folder to call from and one for inputs.</summary>
public sealed class CallerContext(string folder) : SubmitContext
{
    public override string InputFolder { get; } = Directory.CreateDirectory(Path.Combine(folder, "input")).FullName;

    public override string CallerFolder => folder;

    public override TimeProvider Time => TimeProvider.System;

    /// <summary>The ids that were waited for.</summary>
    public List<JobId> WaitedFor { get; } = [];

    public override JobId Find(string idOrPrefix) => JobId.Parse(idOrPrefix);

    public override JobId WaitFor(string idOrPrefix)
    {
        var id = JobId.Parse(idOrPrefix);
        WaitedFor.Add(id);
        return id;
    }
}
