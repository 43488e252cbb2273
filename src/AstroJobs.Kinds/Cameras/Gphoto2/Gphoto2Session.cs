using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>
/// One long gphoto2 that stands by with the camera open: it takes a frame when it begins and one more at each SIGUSR1, and downloads what comes.
/// A process a frame would cost each frame the connection and three seconds in which gphoto2 waits for late files.
/// </summary>
internal sealed class Gphoto2Session : IAsyncDisposable
{
    private const string Unfinished = "tmpfile"; // gphoto2 downloads into such a file, then renames it

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>A signal that falls into the moment in which gphoto2 sets up its handler is lost.</summary>
    private static readonly TimeSpan SignalPatience = TimeSpan.FromSeconds(3);

    /// <summary>The second file of a pair.</summary>
    private static readonly TimeSpan PairPatience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan CancelNotice = TimeSpan.FromMilliseconds(100);

    /// <summary>What it says before it ends.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Gphoto2Program _program;
    private readonly RunningTool _running;
    private readonly Gphoto2Voice _voice;
    private bool _hasBegun;
    private bool _isBroken;

    private Gphoto2Session(Gphoto2Program program, RunningTool running, Gphoto2Voice voice) => (_program, _running, _voice) = (program, running, voice);

    /// <param name="settings">Set before the first frame, as the camera writes them.</param>
    public static Gphoto2Session Start(Gphoto2Program program, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var voice = new Gphoto2Voice();
        var command = program.Command([
            .. Gphoto2Program.Setting(settings),
            "--force-overwrite", "--filename", "%n.%C", "--capture-image-and-download", "--interval", "-1"]);
        foreach (var left in Directory.EnumerateFiles(program.Downloads).ToList())
            File.Delete(left);
        var running = RunningTool.Start(command, program.Downloads, program.Around.Log, program.Around.Time, voice.Ears(program.Around.Time));
        _ = running.CloseInputAsync();
        return new Gphoto2Session(program, running, voice);
    }

    /// <summary>Takes one frame.</summary>
    /// <param name="exposure">Null where it is not known.</param>
    /// <param name="files">How many files it becomes; one more is waited for in vain for a while only.</param>
    /// <returns>When the shutter was released, and the files in the download folder, complete.</returns>
    /// <exception cref="Gphoto2Exception">The frame did not come.</exception>
    public async Task<(DateTimeOffset TakenAt, IReadOnlyList<string> Files)> TakeAsync(TimeSpan? exposure, int files, CancellationToken cancellation)
    {
        try
        {
            var takenAt = await ReleaseAsync(cancellation).ConfigureAwait(false);
            // Twice: with long-exposure noise reduction a camera takes a dark as long as the frame.
            await WaitForFilesAsync(1, (2 * exposure ?? TimeSpan.FromMinutes(1)) + _program.Around.Margin, cancellation).ConfigureAwait(false);
            if (!await TryWaitForFilesAsync(files, PairPatience, cancellation).ConfigureAwait(false))
                _program.Around.Log.LogWarning("Only one file of {Count} came", files);
            return (takenAt, Downloaded());
        }
        catch
        {
            _isBroken = true;
            throw;
        }
    }

    /// <summary>
    /// Between two frames gphoto2 closes the camera and ends at SIGINT followed by SIGTERM; SIGINT alone it heeds only after one more frame, and the
    /// same signal twice kills it. In the middle of a frame it gets its grace between the two.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isBroken && !_running.Exit.IsCompleted)
        {
            _running.Interrupt();
            await Task.WhenAny(_running.Exit, Task.Delay(CancelNotice, _program.Around.Time)).ConfigureAwait(false);
            _running.Terminate();
            await Task.WhenAny(_running.Exit, Task.Delay(_program.Around.Grace, _program.Around.Time)).ConfigureAwait(false);
        }
        await _running.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<DateTimeOffset> ReleaseAsync(CancellationToken cancellation)
    {
        if (!_hasBegun)
        {
            _hasBegun = true; // it takes its first frame by itself
            return await WaitForBeginningAsync(_program.Around.Margin, cancellation).ConfigureAwait(false) ?? throw Hung("The camera did not open");
        }
        _voice.Clear();
        for (var tries = 0; tries < 3; tries++)
        {
            _running.SignalUser1();
            if (await WaitForBeginningAsync(SignalPatience, cancellation).ConfigureAwait(false) is { } takenAt)
                return takenAt;
        }
        throw Hung("The camera did not begin the frame");
    }

    private async Task<DateTimeOffset?> WaitForBeginningAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var began = _voice.Began.Task;
        var first = await Task.WhenAny(began, _running.Exit, Task.Delay(patience, _program.Around.Time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (first == _running.Exit)
            throw await ExplainAsync("The camera cannot be opened").ConfigureAwait(false);
        return first == began ? await began.ConfigureAwait(false) : null;
    }

    private async Task WaitForFilesAsync(int count, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await TryWaitForFilesAsync(count, patience, cancellation).ConfigureAwait(false))
            throw Hung(FormattableString.Invariant($"The frame did not come within {patience.TotalSeconds:0.#} s"));
    }

    private async Task<bool> TryWaitForFilesAsync(int count, TimeSpan patience, CancellationToken cancellation)
    {
        for (var started = _program.Around.Time.GetTimestamp(); Downloaded().Count < count;)
        {
            if (_voice.Errors.Contains("ERROR:", StringComparison.Ordinal) || (_running.Exit.IsCompleted && Downloaded().Count < count))
                throw await ExplainAsync("The frame did not come").ConfigureAwait(false);
            if (_program.Around.Time.GetElapsedTime(started) > patience)
                return false;
            await Task.WhenAny(_running.Exit, Task.Delay(LookInterval, _program.Around.Time, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
        return true;
    }

    private IReadOnlyList<string> Downloaded() =>
        [.. Directory.EnumerateFiles(_program.Downloads).Where(static path => !Path.GetFileName(path).StartsWith(Unfinished, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>It writes the reason in several lines, and some to stdout as it ends.</summary>
    private async Task<Gphoto2Exception> ExplainAsync(string what)
    {
        if (await Task.WhenAny(_running.Exit, Task.Delay(LastWords, _program.Around.Time)).ConfigureAwait(false) == _running.Exit)
            await _running.EndAsync().ConfigureAwait(false);
        return Gphoto2Messages.Explain(what, _voice.Errors);
    }

    private static Gphoto2Exception Hung(string what) => new(
        Gphoto2Trouble.Failed, $"{what}: gphoto2 hangs and was stopped.", "Switch the camera off and on. Does it need longer than its exposure says? Give it --camera-timeout.");
}
