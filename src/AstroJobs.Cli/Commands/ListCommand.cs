using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary><c>list</c>: the jobs of the store, newest first.</summary>
internal static class ListCommand
{
    private const int DefaultLimit = 50;

    public static Command Create()
    {
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        Bounds.AtLeast(limit, 1);
        var command = new Command("list", "List jobs, newest first.");
        var filter = FilterOptions.AddTo(command);
        command.Options.Add(limit);
        command.Runs((session, parsed) => List(session, filter.Read(parsed, session.Time), parsed.GetValue(limit)));
        return command;
    }

    private static int List(Session session, JobFilter filter, int limit)
    {
        var found = session.Engine.List(filter).Take(limit).Select(static job => new StatusEntry(job.Id.ToString(), job.Status, job.Error)).ToList();
        session.Engine.Dispatch();
        if (session.Answer.IsJson)
            StatusAnswer.WriteMany(session.Answer, found);
        else
            WriteTable(session, found);
        return ExitCode.Ok;
    }

    private static void WriteTable(Session session, IReadOnlyList<StatusEntry> found)
    {
        using var writer = new StreamWriter(session.Answer.Stream, leaveOpen: true);
        JobTable.Write(writer, found, session.Time.GetUtcNow(), Console.IsOutputRedirected ? null : TerminalSize.Read());
    }
}
