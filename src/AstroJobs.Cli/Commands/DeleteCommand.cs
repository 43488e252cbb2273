using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary><c>delete ID…</c>: removes jobs and all their files.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var yes = new Option<bool>("--yes") { Description = "Delete what the filters find. Without it they only tell how many jobs that would be." };
        var command = new Command("delete", "Remove jobs and all their files (exit 6 while one runs).");
        var targets = JobTargets.AddTo(command);
        command.Options.Add(yes);
        command.Runs((session, parsed, cancellation) =>
        {
            var wanted = targets.Read(session, parsed);
            var isFiltered = targets.AreFiltered(parsed);
            return Task.FromResult(isFiltered && !parsed.GetValue(yes) ? RefuseUnsaid(session.Answer, wanted.Count) : Delete(session, wanted, isFiltered, cancellation));
        });
        return command;
    }

    private static int RefuseUnsaid(Answer answer, int count) => answer.Fail(
        new JobError(ErrorCode.Usage, $"This would delete {count} job{(count == 1 ? "" : "s")} and all their files.", "Say --yes if you mean it; `astrojobs list` with the same filters shows them."),
        writer => writer.WriteNumber("would_delete", count));

    private static int Delete(Session session, IReadOnlyList<string> wanted, bool isFiltered, CancellationToken cancellation)
    {
        var outcomes = new List<Outcome>();
        foreach (var id in wanted)
        {
            cancellation.ThrowIfCancellationRequested();
            outcomes.Add(DeleteOne(session, id));
        }
        session.Engine.Dispatch();
        return OutcomeAnswer.Write(session.Answer, outcomes, isFiltered);
    }

    private static Outcome DeleteOne(Session session, string idOrPrefix)
    {
        try
        {
            var folder = session.Engine.Store.Find(idOrPrefix);
            session.Engine.Delete(folder);
            return new Outcome(folder.Id.ToString(), "deleted", null);
        }
        catch (JobException error)
        {
            return new Outcome(idOrPrefix, "", error.ToError());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Outcome(idOrPrefix, "", IoFailure.Explain(error));
        }
    }
}
