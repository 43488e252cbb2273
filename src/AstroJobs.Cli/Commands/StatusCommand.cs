using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;

namespace AstroJobs.Cli.Commands;

/// <summary><c>status ID…</c>: how jobs stand now.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Tell how jobs stand now.");
        var ids = JobIds.AddTo(command, many: true);
        command.Runs((session, parsed) =>
        {
            var wanted = ids.Read(parsed);
            var entries = wanted.Select(id => StatusEntry.Look(session, id)).ToList();
            session.Engine.Dispatch();
            if (entries is [{ Error: { } failure } only])
                return session.Answer.Fail(failure, writer => writer.WriteString("job_id", only.Id));
            if (entries is [{ Status: { } status }])
                StatusAnswer.Write(session.Answer, status);
            else
                StatusAnswer.WriteMany(session.Answer, entries);
            return entries.Any(static entry => entry.Status is not null) ? ExitCode.Ok : ExitCode.NotFound;
        });
        return command;
    }
}
