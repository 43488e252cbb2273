using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Jobs.Watching;

namespace AstroJobs.Cli.Commands;

/// <summary>Prints logs as they come: one as it is, several line by line.</summary>
/// <param name="first">Where each begins.</param>
/// <param name="attempt">The attempt to follow; null goes on with the next ones.</param>
internal sealed class LogFollower(Session session, Func<LogFile, LogChunk> first, int? attempt)
{
    private const int LabelDigits = 8; // the end of an id is random, its beginning is the time
    private const int LabelLength = 24;

    private static readonly TimeSpan RegularLook = TimeSpan.FromSeconds(1);

    /// <summary>Ends with the last of the jobs.</summary>
    public void Follow(IReadOnlyList<JobFolder> folders, bool areLabelled, CancellationToken cancellation)
    {
        using var watch = new JobWatch(folders, withLog: true);
        var logs = areLabelled ? Label(folders) : folders.Select(folder => new FollowedLog(session.Engine, folder, attempt, session.Answer.Raw)).ToList();
        foreach (var log in logs)
            log.Begin(first);
        while (logs.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            logs.RemoveAll(static log => !log.GoesOn());
            session.Engine.Dispatch();
            if (logs.Count > 0)
                watch.Wait(RegularLook, cancellation);
        }
    }

    private List<FollowedLog> Label(IReadOnlyList<JobFolder> folders)
    {
        var labels = folders.Select(LabelOf).ToList();
        var width = labels.Select(static label => label.Length).DefaultIfEmpty().Max();
        return [.. folders.Select((folder, index) => new FollowedLog(session.Engine, folder, attempt, new LabelledLines($"{labels[index].PadRight(width)} | ", session.Answer.Raw).Print))];
    }

    private string LabelOf(JobFolder folder)
    {
        var name = session.Engine.Look(folder).Name;
        var label = string.IsNullOrWhiteSpace(name) ? folder.Id.ToString()[^LabelDigits..] : name.ReplaceLineEndings(" ");
        return label.Length > LabelLength ? label[..LabelLength] : label;
    }
}
