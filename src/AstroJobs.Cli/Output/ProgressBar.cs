using System.Globalization;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>One line on a terminal's stderr that is drawn again and again; on the end it leaves its last state standing.</summary>
internal sealed class ProgressBar(TextWriter terminal) : IDisposable
{
    private const int Width = 24;
    private const string ClearLine = "\r\u001b[K";

    private string _last = "";

    public void Show(JobStatus status)
    {
        var line = Draw(status);
        if (line == _last)
            return;
        _last = line;
        terminal.Write(ClearLine + Fit(line));
    }

    public void Dispose()
    {
        if (_last.Length > 0)
            terminal.WriteLine();
    }

    internal static string Draw(JobStatus status)
    {
        var percent = status.State == JobState.Done ? 100 : status.Progress?.Percent ?? 0;
        var filled = (int)Math.Round(percent / 100 * Width);
        var message = status.State switch
        {
            JobState.Queued => $"waits for {status.WaitingFor}",
            JobState.Processing => status.Progress?.Message ?? "starting",
            JobState.Error => status.Error?.Message ?? "failed",
            _ => status.State.ToString().ToLowerInvariant(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{status.Kind} [{new string('#', filled)}{new string('.', Width - filled)}] {percent,5:0.0} %  {message}");
    }

    private static string Fit(string line)
    {
        var columns = Console.IsErrorRedirected ? 0 : Console.WindowWidth;
        return columns > 1 && line.Length >= columns ? line[..(columns - 1)] : line;
    }
}
