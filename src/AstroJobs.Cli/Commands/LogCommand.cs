using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary><c>log ID</c>: what a job wrote, from its end, from an offset, or as it comes; the latter of several jobs too.</summary>
internal sealed class LogCommand
{
    private const int DefaultLimit = 1 << 20;

    private readonly Option<int?> _tail = new("--tail") { Description = "Only the last N lines.", HelpName = "N" };
    private readonly Option<long> _offset = new("--offset") { Description = "From this byte on; the answer says where to go on (next_offset).", HelpName = "B" };
    private readonly Option<int> _limit = new("--limit") { Description = "At most so many bytes.", HelpName = "B", DefaultValueFactory = _ => DefaultLimit };
    private readonly Option<int?> _attempt = new("--attempt") { Description = "What this attempt wrote (default: the last one).", HelpName = "N" };
    private readonly Option<bool> _follow = new("--follow") { Description = "Go on printing plain lines as they come, until the job ends; of several jobs, each line behind the name or the end of the id of its job." };
    private readonly JobTargets _targets;

    private LogCommand(Command command)
    {
        _targets = JobTargets.AddTo(command);
        foreach (var option in (Option[])[_tail, _offset, _limit, _attempt, _follow])
            command.Options.Add(option);
        Bounds.AtLeast(_tail, 0);
        Bounds.AtLeast(_offset, 0);
        Bounds.AtLeast(_limit, 1);
        Bounds.AtLeast(_attempt, 1);
    }

    public static Command Create()
    {
        var command = new Command("log", "Show what a job wrote.");
        var log = new LogCommand(command);
        command.Runs((session, parsed, cancellation) => Task.FromResult(log.Run(session, parsed, cancellation)));
        return command;
    }

    private int Run(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var folders = _targets.Read(session, parsed, JobState.Queued, JobState.Processing).Select(session.Engine.Store.Find).ToList();
        var areMany = folders.Count != 1 || _targets.AreFiltered(parsed);
        if (areMany && (!parsed.GetValue(_follow) || parsed.GetValue(_attempt) is not null))
            return session.Answer.Fail(new JobError(ErrorCode.Usage, "Several jobs at a time are for --follow, without --attempt.", "See `astrojobs log --help`."));
        if (parsed.GetValue(_attempt) is { } attempt)
            Find(folders[0], attempt);
        if (parsed.GetValue(_follow))
            new LogFollower(session, file => ReadFirst(file, parsed), parsed.GetValue(_attempt)).Follow(folders, areLabelled: areMany, cancellation);
        else
            Write(session.Answer, folders[0], parsed);
        return ExitCode.Ok;
    }

    private LogChunk ReadFirst(LogFile file, ParseResult parsed) =>
        parsed.GetValue(_tail) is { } lines ? file.Tail(lines, parsed.GetValue(_limit)) : file.Read(parsed.GetValue(_offset), parsed.GetValue(_limit));

    private void Write(Answer answer, JobFolder folder, ParseResult parsed)
    {
        using var file = new LogFile(parsed.GetValue(_attempt) is { } attempt ? Find(folder, attempt) : folder.Log);
        var chunk = ReadFirst(file, parsed);
        if (!answer.IsJson)
        {
            answer.Raw(chunk.Content);
            return;
        }
        answer.Json(ok: true, writer =>
        {
            writer.WriteString("job_id", folder.Id.ToString());
            writer.WriteString("content", chunk.Content);
            writer.WriteNumber("next_offset", chunk.NextOffset);
        });
    }

    private static string Find(JobFolder folder, int attempt)
    {
        var log = folder.LogOf(attempt);
        return log != folder.Log || folder.ReadStatus().Attempt == attempt ? log : throw folder.NoAttempt(attempt);
    }
}
