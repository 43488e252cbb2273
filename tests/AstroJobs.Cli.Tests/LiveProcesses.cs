using System.Globalization;
using System.Text;

namespace AstroJobs.Cli.Tests;

/// <summary>Processes found by what their environment says; zombies are not alive.</summary>
public static class LiveProcesses
{
    public static IReadOnlyList<int> OfStore(string root) => With("JOBS_DIR", root);

    /// <summary>Whatever belongs to a job: its worker and all that it started, in whatever session.</summary>
    public static IReadOnlyList<int> OfJob(string id) => With("ASTROJOBS_JOB_ID", id);

    /// <summary>Those among them that run this program.</summary>
    public static IReadOnlyList<int> OfJob(string id, string program) => [.. OfJob(id).Where(pid => CommandLine(pid)[0].EndsWith(program, StringComparison.Ordinal))];

    public static string[] CommandLine(int pid) => Read($"/proc/{pid}/cmdline").Split('\0');

    /// <summary>A field of /proc/PID/status.</summary>
    public static string Field(int pid, string name) =>
        Read($"/proc/{pid}/status").Split('\n').First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    /// <summary>The session's leader: field 6 of /proc/PID/stat.</summary>
    public static int Session(int pid)
    {
        var stat = Read($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[6 - 3], CultureInfo.InvariantCulture);
    }

    /// <summary>Killed, it is over when this returns: a large process holds its locks for a while yet.</summary>
    public static void Kill(int pid, string signal = "KILL")
    {
        using var kill = System.Diagnostics.Process.Start("/bin/kill", ["-s", signal, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (signal == "KILL")
            CallerStore.Eventually(() => IsOver(pid), $"process {pid} is over");
    }

    /// <summary>Nothing of it is left, or a first thread that waits to be taken note of: each thread lets go of its files before.</summary>
    public static bool IsOver(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task").Select(static thread => Read($"{thread}/stat"))
                .All(static stat => stat.Length == 0 || stat.Contains(") Z ", StringComparison.Ordinal) || stat.Contains(") X ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return true; // gone
        }
    }

    private static List<int> With(string variable, string value)
    {
        var mark = $"\0{variable}={value}\0";
        return [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(static name => name!.All(char.IsAsciiDigit))
            .Select(static name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(pid => pid != Environment.ProcessId && ("\0" + Read($"/proc/{pid}/environ")).Contains(mark, StringComparison.Ordinal) && !Read($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal))];
    }

    private static string Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // gone meanwhile
        }
    }
}
