using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Chains;

namespace AstroJobs.Cli;

/// <summary>What every verb works with: the engine over the chosen store, and the way to answer.</summary>
internal sealed record Session(JobEngine Engine, AstroJobsEnvironment Environment, Answer Answer, TimeProvider Time)
{
    /// <summary>Set where submits make no jobs but say what would follow another one: they are gathered here.</summary>
    public List<Follower>? Followers { get; init; }
}
