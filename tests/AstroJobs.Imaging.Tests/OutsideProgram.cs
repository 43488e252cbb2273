using System.Diagnostics;

namespace AstroJobs.Imaging.Tests;

/// <summary>A program that is not ours, asked for its answer.</summary>
internal static class OutsideProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end; the test fails where it is not installed.</summary>
    /// <returns>What it said on stdout.</returns>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
            Assert.Fail($"{program} is not installed: run scripts/install-deps --test.");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!output.Wait(Patience) || !process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{program} does not end.");
        }
        return (process.ExitCode, output.Result);
    }
}
