using System.Globalization;
using System.Text.Json;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary>What one retry or resume led to.</summary>
/// <param name="Attempt">The number of the new attempt.</param>
internal sealed record RetryOutcome(string Id, int? Attempt, JobError? Error) : Outcome(Id, string.Create(CultureInfo.InvariantCulture, $"queued, attempt {Attempt}"), Error)
{
    public override void WriteMembers(Utf8JsonWriter writer)
    {
        base.WriteMembers(writer);
        if (Attempt is { } attempt)
            writer.WriteNumber("attempt", attempt);
    }
}
