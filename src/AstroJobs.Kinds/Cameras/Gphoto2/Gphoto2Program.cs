using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>
/// The program gphoto2 for one camera. It runs with a home folder of its own, because it keeps the last port in ~/.gphoto and silently
/// uses it again, and in English, because its messages are read.
/// </summary>
internal sealed class Gphoto2Program(string? port, CameraSurroundings around)
{
    public const string Name = "gphoto2";

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(1);

    /// <summary>Where it downloads to.</summary>
    public DownloadFolder Downloads { get; } = new(around.ScratchFolder);

    public CameraSurroundings Around => around;

    /// <summary>The program with these arguments, not started.</summary>
    public Tool Command(params IReadOnlyList<string> arguments)
    {
        var home = Directory.CreateDirectory(Path.Combine(around.ScratchFolder, "home")).FullName;
        Directory.CreateDirectory(Downloads.Path);
        return new Tool(Name, [.. port is null ? (string[])[] : ["--port", port], .. arguments])
        {
            WorkingFolder = Downloads.Path,
            Environment = new Dictionary<string, string> { ["HOME"] = home, ["LANG"] = "C", ["LC_ALL"] = "C", ["LANGUAGE"] = "C" },
            Grace = around.Grace,
        };
    }

    public Task<ToolResult> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        around.Tools.RunAsync(Command(arguments) with { Timeout = AnswerPatience }, Downloads.Path, cancellation);

    /// <summary>Model and port of each camera that is attached.</summary>
    public async Task<IReadOnlyList<(string Model, string Port)>> DetectAsync(CancellationToken cancellation)
    {
        var found = await AskAsync(["--auto-detect"], cancellation).ConfigureAwait(false);
        // A table: a title, a line of dashes, then the model and the port, which has no spaces.
        return [.. found.Output.Split('\n').SkipWhile(static line => !line.StartsWith("---", StringComparison.Ordinal)).Skip(1)
            .Select(static line => line.Trim()).Where(static line => line.Contains(' ', StringComparison.Ordinal))
            .Select(static line => (line[..line.LastIndexOf(' ')].Trim(), line[(line.LastIndexOf(' ') + 1)..]))];
    }

    /// <summary>The names of all the camera's settings, without their folders.</summary>
    public async Task<IReadOnlyList<string>> ListKeysAsync(CancellationToken cancellation)
    {
        var listed = await AskAsync(["--list-config"], cancellation).ConfigureAwait(false);
        var keys = listed.Output.Split('\n').Where(static line => line.StartsWith("/main/", StringComparison.Ordinal)).Select(static line => line[(line.LastIndexOf('/') + 1)..].Trim()).Select(static key => key == "Battery Level" ? "batterylevel" : key).ToList(); // listed by its label, but not read by it
        return keys.Count > 0 ? keys : throw Gphoto2Messages.Explain("The camera's settings cannot be read", listed.ErrorTail);
    }

    /// <summary>Reads settings that the camera has, in one call.</summary>
    public async Task<IReadOnlyList<Gphoto2Setting>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return [];
        var read = await AskAsync([.. keys.SelectMany(static key => (string[])["--get-config", key])], cancellation).ConfigureAwait(false);
        var blocks = read.Output.Split("\nEND", StringSplitOptions.None);
        return blocks.Length > keys.Count
            ? [.. keys.Select((key, index) => Gphoto2Setting.Parse(key, blocks[index].Split('\n')))]
            : throw Gphoto2Messages.Explain("The camera's settings cannot be read", read.ErrorTail);
    }

    /// <summary>Arguments that set these.</summary>
    public static IEnumerable<string> Setting(IEnumerable<KeyValuePair<string, string>> settings) =>
        settings.SelectMany(static setting => (string[])["--set-config-value", $"{setting.Key}={setting.Value}"]);

    /// <summary>Sets all of these in one call; gphoto2 would take a frame with what it could set.</summary>
    public async Task<int> SetAsync(IReadOnlyList<KeyValuePair<string, string>> settings, CancellationToken cancellation)
    {
        var set = await AskAsync([.. Setting(settings)], cancellation).ConfigureAwait(false);
        return set.ExitCode == 0 && !set.ErrorTail.Contains("*** Error", StringComparison.Ordinal)
            ? settings.Count
            : throw Gphoto2Messages.Explain("The camera refused a setting", set.ErrorTail);
    }
}
