using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary><c>wait ID…</c>: sleeps until jobs end; the exit code mirrors how they ended.</summary>
internal static class WaitCommand
{
    public static Command Create()
    {
        var timeout = DurationOption.Create("--timeout", "Wait no longer than this (exit 124).");
        var command = new Command("wait", "Wait for jobs to end (exit 0 when all are done, 1 when one failed or was cancelled).");
        var ids = JobIds.AddTo(command, many: true);
        command.Options.Add(timeout);
        command.Runs((session, parsed, cancellation) =>
        {
            var folders = ids.Read(parsed).Select(session.Engine.Store.Find).ToList();
            using var bar = folders.Count == 1 && session.Answer.ErrorIsTerminal ? new ProgressBar(session.Answer.Error) : null;
            var statuses = session.Engine.Wait(folders, parsed.GetValue(timeout), bar is null ? null : bar.Show, cancellation);
            return Task.FromResult(Write(session.Answer, statuses));
        });
        return command;
    }

    private static int Write(Answer answer, IReadOnlyList<JobStatus> statuses)
    {
        if (statuses.FirstOrDefault(static status => !status.IsFinal) is { } running)
        {
            return answer.Fail(
                new JobError(ErrorCode.WaitTimeout, $"Job {running.JobId} is still {running.State.ToString().ToLowerInvariant()}."),
                writer => writer.WriteString("job_id", running.JobId.ToString()));
        }
        if (statuses.Count == 1)
            StatusAnswer.Write(answer, statuses[0], ok: statuses[0].State == JobState.Done);
        else
            StatusAnswer.WriteMany(answer, [.. statuses.Select(static status => new StatusEntry(status.JobId.ToString(), status, null))]);
        return statuses.Max(ExitCode.For);
    }
}
