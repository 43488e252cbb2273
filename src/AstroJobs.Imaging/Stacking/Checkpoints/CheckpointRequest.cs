namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>Where a stack keeps how far it has come, so that one that was stopped goes on.</summary>
/// <param name="Folder">Only for this stack; deleted when it is done.</param>
/// <param name="Every">At most so much work is lost.</param>
/// <param name="Resumes">Whether to go on with what an earlier run left there; else it is dropped.</param>
public sealed record CheckpointRequest(string Folder, TimeSpan Every, bool Resumes)
{
    /// <summary>Is told what has just been kept: on which thread is not said, but one at a time.</summary>
    public Action<KeptWork>? Saved { get; init; }
}
