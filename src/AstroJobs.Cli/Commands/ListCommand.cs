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
        var state = ChoiceOption.CreateMany<JobState>("--state", "Only jobs in this state; repeatable.");
        var kind = new Option<string[]>("--kind") { Description = "Only jobs of this kind; repeatable.", HelpName = "KIND" };
        var project = new Option<string?>("--project") { Description = "Only jobs of this project.", HelpName = "NAME" };
        var group = new Option<string?>("--group") { Description = "Only jobs of this group.", HelpName = "NAME" };
        var name = new Option<string?>("--name") { Description = "Only jobs of this name.", HelpName = "NAME" };
        var limit = new Option<int>("--limit") { Description = "How many at most.", HelpName = "N", DefaultValueFactory = _ => DefaultLimit };
        Bounds.AtLeast(limit, 1);
        var since = SinceOption.Create();
        var command = new Command("list", "List jobs, newest first.");
        foreach (var option in (Option[])[state, kind, project, group, name, limit, since])
            command.Options.Add(option);
        command.Runs((session, parsed) =>
        {
            var filter = new JobFilter
            {
                States = parsed.GetValue(state) ?? [],
                Kinds = parsed.GetValue(kind) ?? [],
                Project = parsed.GetValue(project),
                Group = parsed.GetValue(group),
                Name = parsed.GetValue(name),
                Since = parsed.GetValue(since)?.From(session.Time),
            };
            return List(session, filter, parsed.GetValue(limit));
        });
        return command;
    }

    private static int List(Session session, JobFilter filter, int limit)
    {
        var unreadable = new List<StatusEntry>();
        var found = session.Engine.List(filter, (id, error) => unreadable.Add(new StatusEntry(id.ToString(), null, error.ToError()))).Take(limit).ToList();
        session.Engine.Dispatch();
        if (session.Answer.IsJson)
            StatusAnswer.WriteMany(session.Answer, [.. found.Select(static status => new StatusEntry(status.JobId.ToString(), status, null)), .. unreadable]);
        else
            JobTable.Write(session.Answer, found, unreadable, session.Time.GetUtcNow());
        return ExitCode.Ok;
    }
}
