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
        var targets = JobTargets.AddTo(command);
        var attempt = new Option<int?>("--attempt") { Description = "How this attempt ended (default: how the last one stands).", HelpName = "N" };
        Bounds.AtLeast(attempt, 1);
        command.Options.Add(attempt);
        command.Runs((session, parsed) =>
        {
            var entries = targets.Read(session, parsed).Select(id => StatusEntry.Look(session, id, parsed.GetValue(attempt))).ToList();
            session.Engine.Dispatch();
            if (targets.AreFiltered(parsed) || entries.Count > 1)
                StatusAnswer.WriteMany(session.Answer, entries);
            else if (entries is [{ Error: { } failure } only])
                return session.Answer.Fail(failure, writer => writer.WriteString("job_id", only.Id));
            else
                StatusAnswer.Write(session.Answer, entries[0].Status!);
            return entries.Count == 0 || entries.Any(static entry => entry.Status is not null) ? ExitCode.Ok : ExitCode.NotFound;
        });
        return command;
    }
}
