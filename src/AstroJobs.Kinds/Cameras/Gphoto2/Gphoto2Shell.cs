using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>One long <c>gphoto2 --shell</c> with the camera open, for bulb exposures: they are opened and closed by two commands and timed by us.</summary>
internal sealed class Gphoto2Shell : IAsyncDisposable
{
    private readonly Gphoto2Program _program;
    private readonly RunningTool _running;
    private readonly Gphoto2Voice _voice;

    private Gphoto2Shell(Gphoto2Program program, RunningTool running, Gphoto2Voice voice) => (_program, _running, _voice) = (program, running, voice);

    public static async Task<Gphoto2Shell> StartAsync(Gphoto2Program program, CancellationToken cancellation)
    {
        var voice = new Gphoto2Voice();
        var command = program.Command("--force-overwrite", "--filename", "%n.%C", "--shell");
        program.Downloads.Clear();
        var shell = new Gphoto2Shell(program, RunningTool.Start(command, program.Downloads.Path, program.Around.Log, program.Around.Time, voice.Ears(program.Around.Time)), voice);
        try
        {
            await shell.WaitForPromptAsync("The camera cannot be opened", program.Around.Margin, cancellation).ConfigureAwait(false);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs one command to its end.</summary>
    /// <exception cref="Gphoto2Exception">It failed, or did not end in time.</exception>
    public async Task RunAsync(string command, string doing, TimeSpan patience, CancellationToken cancellation)
    {
        _voice.Clear();
        await _running.WriteLineAsync(command).ConfigureAwait(false);
        await WaitForPromptAsync(doing, patience, cancellation).ConfigureAwait(false);
        if (_voice.Output.Contains("*** Error", StringComparison.Ordinal) || _voice.Errors.Contains("ERROR:", StringComparison.Ordinal) || _voice.Errors.Contains("*** Error", StringComparison.Ordinal))
            throw Gphoto2Messages.Explain(doing, _voice.Errors + string.Join('\n', _voice.Output.Split('\n').Where(static line => line.StartsWith("*** Error", StringComparison.Ordinal))));
    }

    /// <summary>The files that have been downloaded.</summary>
    public IReadOnlyList<string> Downloaded() => _program.Downloads.Files();

    public async ValueTask DisposeAsync()
    {
        await _running.WriteLineAsync("quit").ConfigureAwait(false);
        await Task.WhenAny(_running.Exit, Task.Delay(_program.Around.Grace, _program.Around.Time)).ConfigureAwait(false);
        await _running.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>It asks <c>gphoto2: {folder} /> </c> when it is ready for the next command.</summary>
    private async Task WaitForPromptAsync(string doing, TimeSpan patience, CancellationToken cancellation)
    {
        var over = Task.Delay(patience, _program.Around.Time, cancellation);
        while (true)
        {
            var spoke = _voice.Next();
            var said = _voice.Output;
            var last = said[(said.LastIndexOf('\n') + 1)..];
            if (last.StartsWith("gphoto2: {", StringComparison.Ordinal) && last.EndsWith("> ", StringComparison.Ordinal))
                return;
            var first = await Task.WhenAny(spoke, _running.Exit, over).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (first == _running.Exit)
            {
                await _running.EndAsync().ConfigureAwait(false);
                throw Gphoto2Messages.Explain(doing, _voice.Errors + said);
            }
            if (first == over)
                throw new Gphoto2Exception(Gphoto2Trouble.Failed, FormattableString.Invariant($"{doing}: gphoto2 did not answer within {patience.TotalSeconds:0.#} s and was stopped."), "Switch the camera off and on.");
        }
    }
}
