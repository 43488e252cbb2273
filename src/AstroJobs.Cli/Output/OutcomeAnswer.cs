using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>Answers what a verb that acts on jobs led to.</summary>
internal static class OutcomeAnswer
{
    /// <param name="asList">An entry a job even for a single one: the jobs were not named one by one.</param>
    /// <returns>The worst exit code among them.</returns>
    public static int Write(Answer answer, IReadOnlyList<Outcome> outcomes, bool asList)
    {
        if (!asList && outcomes is [{ Error: { } failure } only])
            return answer.Fail(failure, only.WriteMembers);
        if (!answer.IsJson)
            WriteLines(answer, outcomes);
        else if (!asList && outcomes is [var single])
            answer.Json(ok: true, single.WriteMembers);
        else
            answer.Json(outcomes.All(static outcome => outcome.Error is null), writer => WriteMany(writer, outcomes));
        return outcomes.Max(static outcome => outcome.Error is { } error ? ExitCode.For(error.Code) : (int?)null) ?? ExitCode.Ok;
    }

    private static void WriteLines(Answer answer, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
            answer.Text(outcome.Error is { } error ? $"{outcome.Id}  {error.Code}: {error.Message}" : $"{outcome.Id}  {outcome.Done}");
    }

    private static void WriteMany(Utf8JsonWriter writer, IReadOnlyList<Outcome> outcomes)
    {
        writer.WriteStartArray("jobs");
        foreach (var outcome in outcomes)
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", outcome.Error is null);
            outcome.WriteMembers(writer);
            if (outcome.Error is not null)
                Answer.WriteError(writer, outcome.Error);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
