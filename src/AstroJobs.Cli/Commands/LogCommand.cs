using System.CommandLine;
using System.Globalization;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Jobs.Watching;

namespace AstroJobs.Cli.Commands;

/// <summary><c>log ID</c>: what a job wrote, from its end, from an offset, or as it comes.</summary>
internal static class LogCommand
{
    private const int DefaultLimit = 1 << 20;

    private static readonly TimeSpan RegularLook = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var tail = new Option<int?>("--tail") { Description = "Only the last N lines.", HelpName = "N" };
        var offset = new Option<long>("--offset") { Description = "From this byte on; the answer says where to go on (next_offset).", HelpName = "B" };
        var limit = new Option<int>("--limit") { Description = "At most so many bytes.", HelpName = "B", DefaultValueFactory = _ => DefaultLimit };
        var attempt = new Option<int?>("--attempt") { Description = "What this attempt wrote (default: the last one).", HelpName = "N" };
        var follow = new Option<bool>("--follow") { Description = "Go on printing plain lines as they come, until the job ends." };
        var command = new Command("log", "Show what a job wrote.");
        var ids = JobIds.AddTo(command, many: false);
        foreach (var option in (Option[])[tail, offset, limit, attempt, follow])
            command.Options.Add(option);
        Bounds.AtLeast(tail, 0);
        Bounds.AtLeast(offset, 0);
        Bounds.AtLeast(limit, 1);
        Bounds.AtLeast(attempt, 1);
        command.Runs((session, parsed, cancellation) =>
        {
            var folder = session.Engine.Store.Find(ids.Read(parsed)[0]);
            var only = parsed.GetValue(attempt);
            using var log = new LogFile(only is { } number ? Find(folder, number) : folder.Log);
            var first = parsed.GetValue(tail) is { } lines ? log.Tail(lines, parsed.GetValue(limit)) : log.Read(parsed.GetValue(offset), parsed.GetValue(limit));
            if (parsed.GetValue(follow))
                Follow(session, folder, log, first, only, cancellation);
            else
                Write(session.Answer, folder, first);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static string Find(JobFolder folder, int attempt)
    {
        var log = folder.LogOf(attempt);
        if (log == folder.Log && folder.ReadStatus().Attempt is var last && last != attempt)
            throw new JobException(ErrorCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"Job {folder.Id} has no attempt {attempt}: its last one is {last}."));
        return log;
    }

    private static void Write(Answer answer, JobFolder folder, LogChunk chunk)
    {
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

    /// <summary>The state is looked at before the file is read, so that what was written before the end is not missed.</summary>
    /// <param name="only">The attempt to end with; null goes on with the next ones.</param>
    private static void Follow(Session session, JobFolder folder, LogFile log, LogChunk chunk, int? only, CancellationToken cancellation)
    {
        using var watch = new JobWatch([folder], withLog: true);
        session.Answer.Raw(chunk.Content);
        var attempt = only ?? session.Engine.Look(folder).Attempt;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var status = session.Engine.Look(folder);
            var hasEnded = status.IsFinal && !folder.IsLocked;
            while ((chunk = log.Read(chunk.NextOffset, DefaultLimit)).Content.Length > 0)
                session.Answer.Raw(chunk.Content);
            if (status.Attempt != attempt && only is null && folder.LogOf(attempt) != folder.Log && File.Exists(folder.Log))
            {
                using var next = new LogFile(folder.Log);
                Follow(session, folder, next, next.Read(0, DefaultLimit), only, cancellation);
                return;
            }
            if (hasEnded || (status.Attempt != attempt && only is not null))
                return;
            session.Engine.Dispatch();
            watch.Wait(RegularLook, cancellation);
        }
    }
}
