using System.CommandLine;
using System.Text.Json;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Housekeeping;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary><c>prune</c>: deletes ended jobs by age, number and room. Made for cron.</summary>
internal static class PruneCommand
{
    public static Command Create()
    {
        var olderThan = DurationOption.Create("--older-than", "Delete what ended longer ago than this, such as 14d.");
        var keep = new Option<int?>("--keep") { Description = "The newest N always stay; without another rule all others go.", HelpName = "N" };
        var maxBytes = BytesOption.Create("--max-bytes", "Delete the oldest until all jobs together take no more than this, such as 20GB.");
        var state = StateOption.Create("Only jobs that ended like this; repeatable (default: all three).", "done|error|cancelled");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would go." };
        Bounds.AtLeast(keep, 0);
        var command = new Command("prune", "Delete old jobs: never one that is queued or runs, nor one that such a job waits for.");
        foreach (var option in (Option[])[olderThan, keep, maxBytes, state, dryRun])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(olderThan) is null && result.GetResult(keep) is null && result.GetResult(maxBytes) is null)
                result.AddError("Say what may go: --older-than, --keep or --max-bytes.");
        });
        command.Runs((session, parsed) =>
        {
            var rules = new PruneRules
            {
                OlderThan = parsed.GetValue(olderThan),
                Keep = parsed.GetValue(keep),
                MaxBytes = parsed.GetValue(maxBytes),
                States = parsed.GetValue(state) is { Length: > 0 } states ? states : PruneRules.EndedStates,
            };
            var isDry = parsed.GetValue(dryRun);
            var report = session.Engine.Prune(rules, isDry);
            session.Engine.Dispatch();
            return Write(session.Answer, report, isDry);
        });
        return command;
    }

    private static int Write(Answer answer, PruneReport report, bool isDry)
    {
        if (answer.IsJson)
        {
            void Members(Utf8JsonWriter writer) => WriteMembers(writer, report, isDry);
            if (report.Failures is [var first, ..])
                return answer.Fail(first, Members);
            answer.Json(ok: true, Members);
            return ExitCode.Ok;
        }
        foreach (var job in report.Pruned)
            answer.Text($"{job.Status.JobId}  {job.Status.Kind}  {JobStates.Word(job.Status.State)}  {Amount.Of(job.Bytes.Value)}");
        if (report.Pruned.Count > 0)
            answer.Text($"{report.Pruned.Count} {(isDry ? "would be deleted" : "deleted")}, {Amount.Of(report.BytesFreed)} {(isDry ? "would be freed" : "freed")}, {report.Kept} kept");
        return report.Failures.Select(failure => answer.Fail(failure)).DefaultIfEmpty(ExitCode.Ok).Max();
    }

    private static void WriteMembers(Utf8JsonWriter writer, PruneReport report, bool isDry)
    {
        writer.WriteBoolean("dry_run", isDry);
        writer.WriteStartArray("pruned");
        foreach (var job in report.Pruned)
        {
            writer.WriteStartObject();
            writer.WriteString("job_id", job.Status.JobId.ToString());
            writer.WriteString("state", JobStates.Word(job.Status.State));
            writer.WriteString("kind", job.Status.Kind);
            if (job.Status.FinishedAt is { } finished)
                writer.WriteString("finished_at", UtcTime.Text(finished));
            else
                writer.WriteNull("finished_at");
            writer.WriteNumber("bytes", job.Bytes.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteNumber("bytes_freed", report.BytesFreed);
        writer.WriteNumber("kept", report.Kept);
        if (report.Failures.Count > 0)
        {
            writer.WriteStartArray("failed");
            foreach (var failure in report.Failures)
                writer.WriteStringValue(failure.Message);
            writer.WriteEndArray();
        }
    }
}
