using System.CommandLine;
using AstroJobs.Cli.Options;

namespace AstroJobs.Cli.Commands;

/// <summary><c>delete ID</c>: removes a job and all its files.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var command = new Command("delete", "Remove a job and all its files (exit 6 while it runs).");
        var ids = JobIds.AddTo(command, many: false);
        command.Runs((session, parsed) =>
        {
            var folder = session.Engine.Store.Find(ids.Read(parsed)[0]);
            session.Engine.Delete(folder);
            session.Engine.Dispatch();
            if (session.Answer.IsJson)
                session.Answer.Json(ok: true, writer => writer.WriteString("job_id", folder.Id.ToString()));
            else
                session.Answer.Text($"{folder.Id}  deleted");
            return ExitCode.Ok;
        });
        return command;
    }
}
