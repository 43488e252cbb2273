using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli;

/// <summary>What every verb works with: the engine over the chosen store, and the way to answer.</summary>
internal sealed record Session(JobEngine Engine, AstroJobsEnvironment Environment, Answer Answer, TimeProvider Time);
