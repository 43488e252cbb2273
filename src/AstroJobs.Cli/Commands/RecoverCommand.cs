using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary><c>recover</c>: after the machine went down, lets the interrupted jobs go on and starts the queue. Made for @reboot.</summary>
internal static class RecoverCommand
{
    public static Command Create()
    {
        var command = new Command("recover", "After the machine went down: let the jobs that ran go on where their kind can, end the others as worker_lost (or try them again where they have retries), and start what waits.");
        command.Runs(static (session, _) =>
        {
            var report = session.Engine.Recover();
            if (session.Answer.IsJson)
                session.Answer.Json(ok: true, writer => WriteMembers(writer, report));
            else
                WriteLines(session.Answer, report);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void WriteMembers(Utf8JsonWriter writer, RecoveryReport report)
    {
        WriteIds(writer, "lost", report.Lost);
        WriteIds(writer, "resumed", report.Resumed);
        WriteIds(writer, "unreadable", report.Unreadable);
        writer.WriteNumber("started", report.Started);
    }

    private static void WriteIds(Utf8JsonWriter writer, string name, IReadOnlyList<JobId> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
            writer.WriteStringValue(id.ToString());
        writer.WriteEndArray();
    }

    private static void WriteLines(Answer answer, RecoveryReport report)
    {
        foreach (var (ids, what) in ((IReadOnlyList<JobId>, string)[])[(report.Lost, "lost"), (report.Resumed, "tried again"), (report.Unreadable, "cannot be read")])
            foreach (var id in ids)
                answer.Text($"{id}  {what}");
        answer.Text(string.Create(CultureInfo.InvariantCulture, $"{report.Started} started"));
    }
}
