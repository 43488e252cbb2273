using System.Text.Json;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary>What one pause or continue led to.</summary>
/// <param name="Paused">What the job is asked for now.</param>
internal sealed record PauseOutcome(string Id, bool? Paused, JobError? Error) : Outcome(Id, Paused == true ? "pauses" : "goes on", Error)
{
    public override void WriteMembers(Utf8JsonWriter writer)
    {
        base.WriteMembers(writer);
        if (Paused is { } paused)
            writer.WriteBoolean("paused", paused);
    }
}
