namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>Exposures longer than a camera's own: the shutter is opened, kept open by us, and closed.</summary>
internal sealed class Gphoto2Bulb(Gphoto2Program program, IReadOnlyList<string> keys, IReadOnlyList<KeyValuePair<string, string>> settings) : IAsyncDisposable
{
    private const string Opening = "The shutter cannot be opened for a bulb exposure";
    private const string Closing = "The shutter could not be closed";
    private const string Fetching = "The frame did not come";

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PairPatience = TimeSpan.FromSeconds(5);

    private Gphoto2Shell? _shell;

    /// <summary>How this camera's shutter is held open: the setting and its two values; null where it cannot be.</summary>
    public static (string Key, string Open, string Closed)? WayOf(IReadOnlyList<string> keys) =>
        keys.Contains("bulb") ? ("bulb", "1", "0") : keys.Contains("eosremoterelease") ? ("eosremoterelease", "Immediate", "Release Full") : null;

    /// <inheritdoc cref="Gphoto2Session.TakeAsync"/>
    public async Task<(DateTimeOffset TakenAt, IReadOnlyList<string> Files)> TakeAsync(TimeSpan exposure, int files, CancellationToken cancellation)
    {
        var (key, open, closed) = WayOf(keys) ?? throw new Gphoto2Exception(Gphoto2Trouble.Impossible, "This camera has no bulb exposure that a computer can time.", "Use one of its own exposure times: --shutter.");
        try
        {
            var shell = _shell ??= await OpenAsync(cancellation).ConfigureAwait(false);
            await shell.RunAsync($"set-config {key}={open}", Opening, AnswerPatience, cancellation).ConfigureAwait(false);
            var takenAt = program.Around.Time.GetUtcNow();
            try
            {
                await Task.Delay(exposure, program.Around.Time, cancellation).ConfigureAwait(false);
            }
            finally
            {
                await shell.RunAsync($"set-config {key}={closed}", Closing, AnswerPatience, CancellationToken.None).ConfigureAwait(false); // whatever happens: an open shutter empties the battery
            }
            await shell.RunAsync("wait-event-and-download FILEADDED", Fetching, exposure + program.Around.Margin, cancellation).ConfigureAwait(false);
            if (files > 1)
                await shell.RunAsync("wait-event-and-download FILEADDED", Fetching, PairPatience, cancellation).ConfigureAwait(false);
            return (takenAt, shell.Downloaded());
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var shell = _shell;
        _shell = null;
        if (shell is not null)
            await shell.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Gphoto2Shell> OpenAsync(CancellationToken cancellation)
    {
        var shell = await Gphoto2Shell.StartAsync(program, cancellation).ConfigureAwait(false);
        foreach (var (key, value) in settings)
            await shell.RunAsync($"set-config-value {key}={value}", $"The camera does not take {key} {value}", AnswerPatience, cancellation).ConfigureAwait(false);
        return shell;
    }
}
