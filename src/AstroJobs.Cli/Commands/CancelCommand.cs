using System.CommandLine;
using System.Text.Json;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary><c>cancel ID…</c>: ends jobs in whatever state they are.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var command = new Command("cancel", "End jobs, waiting or running, and leave no process behind (exit 6 when one had ended already).");
        var ids = JobIds.AddTo(command, many: true);
        command.Runs(async (session, parsed, cancellation) =>
        {
            var outcomes = await Task.WhenAll(ids.Read(parsed).Select(id => CancelOutcome.CancelAsync(session, id, cancellation))).ConfigureAwait(false);
            session.Engine.Dispatch();
            if (outcomes is [{ Error: { } failure } only])
                return session.Answer.Fail(failure, only.WriteMembers);
            Write(session.Answer, outcomes);
            return outcomes.Max(static outcome => outcome.Error is { } error ? ExitCode.For(error.Code) : ExitCode.Ok);
        });
        return command;
    }

    private static void Write(Answer answer, CancelOutcome[] outcomes)
    {
        if (!answer.IsJson)
        {
            foreach (var outcome in outcomes)
                answer.Text(outcome.Error is { } error ? $"{outcome.Id}  {error.Code}: {error.Message}" : $"{outcome.Id}  cancelled (was {outcome.Found})");
        }
        else if (outcomes is [var only])
        {
            answer.Json(ok: true, only.WriteMembers);
        }
        else
        {
            answer.Json(outcomes.All(static outcome => outcome.Error is null), writer => WriteMany(writer, outcomes));
        }
    }

    private static void WriteMany(Utf8JsonWriter writer, CancelOutcome[] outcomes)
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
