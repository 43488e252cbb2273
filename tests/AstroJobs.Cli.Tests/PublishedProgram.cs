using System.Diagnostics;

namespace AstroJobs.Cli.Tests;

/// <summary>The program as it ships: one trimmed file. <c>scripts/test</c> names it in ASTROJOBS_PROGRAM; without that it is published once (a no-op when it is newer than the sources).</summary>
internal static class PublishedProgram
{
    private static readonly TimeSpan PublishPatience = TimeSpan.FromMinutes(10);

    private static readonly Lazy<string> Found = new(Find);

    public static string Path => Found.Value;

    /// <summary>The root of the checkout.</summary>
    public static string Checkout { get; } = FindCheckout();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("ASTROJOBS_PROGRAM") is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FileNotFoundException("ASTROJOBS_PROGRAM names no file.", named);
        using var publish = Process.Start(new ProcessStartInfo(System.IO.Path.Combine(Checkout, "scripts", "publish")) { RedirectStandardError = true })!;
        var said = publish.StandardError.ReadToEndAsync();
        if (!publish.WaitForExit(PublishPatience))
        {
            publish.Kill(entireProcessTree: true);
            throw new TimeoutException("scripts/publish did not end in time.");
        }
        return publish.ExitCode == 0 ? System.IO.Path.Combine(Checkout, "artifacts", "publish", "astrojobs") : throw new InvalidOperationException($"scripts/publish failed: {said.Result}");
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "AstroJobs.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not stand in a checkout.");
    }
}
