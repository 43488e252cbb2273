using System.CommandLine;
using System.Text.Json;
using AstroJobs.Cli.Checks;
using AstroJobs.Cli.Output;

namespace AstroJobs.Cli.Commands;

/// <summary><c>doctor</c>: what is found and what is missing, each with the command that mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Look at this machine: what is found, what is missing, and how to mend it (exit 7 when something is missing).");
        command.Runs((session, _) =>
        {
            List<CheckResult> checks = [.. StoreCheck.Run(session.Engine.Store), .. LibraryCheck.Run(), .. MachineCheck.Run(session.Environment), .. ServiceCheck.Run(session.Environment), .. SolverCheck.Run()];
            var isHealthy = checks.TrueForAll(static check => check.Ok);
            if (session.Answer.IsJson)
                session.Answer.Json(isHealthy, writer => WriteAll(writer, checks));
            else
                checks.ForEach(check => session.Answer.Text(Line(check)));
            return isHealthy ? ExitCode.Ok : ExitCode.Missing;
        });
        return command;
    }

    private static string Line(CheckResult check) => $"{(!check.Ok ? "MISSING " : check.Mend is null ? "ok      " : "warning ")}{check.Name,-14}{check.Found}{(check.Mend is { } mend ? $"\n                      {mend}" : "")}";

    private static void WriteAll(Utf8JsonWriter writer, List<CheckResult> checks)
    {
        writer.WriteStartArray("checks");
        foreach (var check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteBoolean("ok", check.Ok);
            writer.WriteString("found", check.Found);
            if (check.Mend is { } mend)
                writer.WriteString("mend", mend);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
