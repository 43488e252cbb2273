using System.Globalization;

namespace AstroJobs.Jobs.Running;

/// <summary>A process as the kernel knows it: the pid alone may be given to a stranger later, pid and start ticks within one boot never are.</summary>
/// <param name="StartTicks">Field 22 of /proc/PID/stat. Compared as it is: converted to wall clock it would move when the clock is set.</param>
/// <param name="Session">The session's leader; a detached worker leads its own.</param>
/// <param name="State">Z and X are dead.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, int Session, char State)
{
    public bool IsDead => State is 'Z' or 'X';

    /// <summary>Null when there is no such process.</summary>
    public static ProcessIdentity? TryRead(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static ProcessIdentity Self() => TryRead(Environment.ProcessId) ?? throw new InvalidOperationException("/proc is not mounted.");

    /// <summary>Every process there is now.</summary>
    public static IEnumerable<ProcessIdentity> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && TryRead(pid) is { } process)
                yield return process;
    }

    /// <summary>Reads a line of /proc/PID/stat. The name in parentheses may hold anything, parentheses and newlines too: fields count from the last one.</summary>
    internal static ProcessIdentity Parse(string stat)
    {
        var pid = int.Parse(stat.AsSpan(0, stat.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessIdentity(
            pid,
            StartTicks: long.Parse(fields[22 - 3], CultureInfo.InvariantCulture),
            Session: int.Parse(fields[6 - 3], CultureInfo.InvariantCulture),
            State: fields[0][0]);
    }
}
