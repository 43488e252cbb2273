using System.Text;
using AstroJobs.Jobs.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Running;

/// <summary>The process that runs the caller's program once a job has ended, with the job's status.json on its stdin, and writes into the job's log how that went.</summary>
/// <param name="patience">After this the program is stopped.</param>
public sealed class Notifier(ILogger log, TimeProvider time, TimeSpan patience)
{
    /// <summary>The hidden verb that starts it.</summary>
    public const string Verb = "notify";

    /// <param name="program">The program and its arguments. The status is in the first open file that was handed over.</param>
    public async Task RunAsync(IReadOnlyList<string> program)
    {
        var tool = new Tool(program[0], [.. program.Skip(1)]) { Input = ReadStatus(), Timeout = patience };
        try
        {
            var ran = await new ToolRunner(log, time).RunAsync(tool, Environment.CurrentDirectory, CancellationToken.None).ConfigureAwait(false);
            if (ran.ExitCode != 0)
                log.LogWarning("The program of --on-finish failed: {Program} ended with exit code {ExitCode}", tool.Program, ran.ExitCode);
        }
        catch (JobException error)
        {
            log.LogWarning("The program of --on-finish failed: {Message}", error.Message);
        }
    }

    private static string ReadStatus()
    {
        using var file = new SafeFileHandle(DetachedProcess.FirstPassedFile, ownsHandle: true);
        var bytes = new byte[RandomAccess.GetLength(file)];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }
}
