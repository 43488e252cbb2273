using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>What a verb that acts on jobs led to for one of them.</summary>
/// <param name="Done">What was done, in words for a person.</param>
internal record Outcome(string Id, string Done, JobError? Error)
{
    public virtual void WriteMembers(Utf8JsonWriter writer) => writer.WriteString("job_id", Id);
}
