using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;

namespace AstroJobs.Cli.Commands;

/// <summary><c>result ID</c>: the job's result.json.</summary>
internal static class ResultCommand
{
    public static Command Create()
    {
        var command = new Command("result", "Answer what came out of a job (exit 4 while it is not done, 1 when it failed).");
        var ids = JobIds.AddTo(command, many: false);
        command.Runs((session, parsed) =>
        {
            var folder = session.Engine.Store.Find(ids.Read(parsed)[0]);
            var status = session.Engine.Look(folder);
            session.Engine.Dispatch();
            return ResultAnswer.Write(session, folder, status);
        });
        return command;
    }
}
