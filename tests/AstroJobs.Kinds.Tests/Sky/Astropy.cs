using System.Diagnostics;

namespace AstroJobs.Kinds.Tests.Sky;

/// <summary>Asks astropy (Debian package python3-astropy).</summary>
internal static class Astropy
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <returns>What the script prints, line by line.</returns>
    public static string[] Run(string script, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", "import sys, warnings\nwarnings.simplefilter('ignore')\n" + script, .. arguments]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!output.Wait(Patience) || !process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail("Python does not end.");
        }
        Assert.That(process.ExitCode, Is.Zero);
        return output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
