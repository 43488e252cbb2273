using System.Globalization;
using System.Text;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>The table of jobs on a terminal, drawn in its own place again and again; its last state is left standing.</summary>
internal sealed class LiveTable(Action<string> terminal, TimeProvider time) : IDisposable
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private const string ClearLine = "\u001b[K";
    private const string ClearBelow = "\u001b[J";

    /// <summary>For so long a job that has ended is still shown.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly Dictionary<JobId, (JobStatus Status, long Seen)> _ended = [];
    private int _height;

    public void Show(IReadOnlyList<JobStatus> jobs, TerminalSize size)
    {
        var now = time.GetTimestamp();
        foreach (var job in jobs.Where(static job => job.IsFinal))
            if (!_ended.TryGetValue(job.JobId, out var known) || known.Status.Attempt != job.Attempt)
                _ended[job.JobId] = (job, now);
        var shown = jobs.Select(static job => job.JobId).ToHashSet();
        var leaving = _ended.Values.Where(ended => !shown.Contains(ended.Status.JobId) && time.GetElapsedTime(ended.Seen, now) < Farewell).Select(static ended => ended.Status);
        Draw(WatchTable.Draw([.. jobs, .. leaving], time.GetUtcNow(), size));
    }

    public void Dispose() => terminal(ShowCursor);

    private void Draw(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder(HideCursor);
        if (_height > 0)
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{_height}A");
        foreach (var line in lines)
            text.Append('\r').Append(line).Append(ClearLine).Append('\n');
        terminal(text.Append(ClearBelow).ToString());
        _height = lines.Count;
    }
}
