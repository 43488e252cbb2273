using System.CommandLine;
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
        var follow = new Option<bool>("--follow") { Description = "Go on printing plain lines as they come, until the job ends." };
        var command = new Command("log", "Show what a job wrote.");
        var ids = JobIds.AddTo(command, many: false);
        foreach (var option in (Option[])[tail, offset, limit, follow])
            command.Options.Add(option);
        Bounds.AtLeast(tail, 0);
        Bounds.AtLeast(offset, 0);
        Bounds.AtLeast(limit, 1);
        command.Runs((session, parsed, cancellation) =>
        {
            var folder = session.Engine.Store.Find(ids.Read(parsed)[0]);
            var log = new LogFile(folder.Log);
            var first = parsed.GetValue(tail) is { } lines ? log.Tail(lines) : log.Read(parsed.GetValue(offset), parsed.GetValue(limit));
            if (parsed.GetValue(follow))
                Follow(session, folder, log, first, cancellation);
            else
                Write(session.Answer, folder, first);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
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
    private static void Follow(Session session, JobFolder folder, LogFile log, LogChunk chunk, CancellationToken cancellation)
    {
        using var watch = new JobWatch([folder], withLog: true);
        session.Answer.Raw(chunk.Content);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var hasEnded = session.Engine.Look(folder).IsFinal && !folder.IsLocked;
            while ((chunk = log.Read(chunk.NextOffset, DefaultLimit)).Content.Length > 0)
                session.Answer.Raw(chunk.Content);
            if (hasEnded)
                return;
            session.Engine.Dispatch();
            watch.Wait(RegularLook, cancellation);
        }
    }
}
