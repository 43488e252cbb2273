using AstroJobs.Jobs.Processes;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>
/// One long gphoto2 with the camera open, which takes its frames in one of two ways: it stands by, takes a frame when it begins and one more at each
/// SIGUSR1; or it takes a number of them without a pause. The second is for frames that follow at once: between a signal and its frame lie up to
/// 0.2 s in which gphoto2 looks for late files. A process a frame would cost each frame the connection and three seconds of such looking.
/// </summary>
internal sealed class Gphoto2Session : IAsyncDisposable
{
    /// <summary>A frame that gphoto2 could not take; one that does not end it.</summary>
    private const string FrameFailed = "ERROR: Could not capture.";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>A signal that falls into the moment in which gphoto2 sets up its handler is lost.</summary>
    private static readonly TimeSpan SignalPatience = TimeSpan.FromSeconds(3);

    /// <summary>The second file of a pair.</summary>
    private static readonly TimeSpan PairPatience = TimeSpan.FromSeconds(15);

    /// <summary>What it is still telling the camera, such as to delete the file it has fetched, it tells to its end.</summary>
    private static readonly TimeSpan CancelNotice = TimeSpan.FromMilliseconds(500);

    /// <summary>What it says before it ends.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Gphoto2Program _program;
    private readonly RunningTool _running;
    private readonly Gphoto2Voice _voice;
    private readonly int _frames;
    private int _over;
    private bool _isInMidFrame;
    private bool _isSpoilt;

    private Gphoto2Session(Gphoto2Program program, RunningTool running, Gphoto2Voice voice, int frames) => (_program, _running, _voice, _frames) = (program, running, voice, frames);

    /// <summary>Whether it can be asked for one more frame.</summary>
    public bool IsUsable => !_isInMidFrame && !_isSpoilt && !_running.Exit.IsCompleted && (_frames == 0 || _over < _frames);

    /// <param name="settings">Set before the first frame, as the camera writes them.</param>
    /// <param name="frames">It takes so many without a pause; 0: each when it is asked for.</param>
    public static Gphoto2Session Start(Gphoto2Program program, IReadOnlyList<KeyValuePair<string, string>> settings, int frames)
    {
        var voice = new Gphoto2Voice();
        // A slot of a second that a longer frame has always passed: it waits for none.
        string[] pace = frames == 0 ? ["--interval", "-1"] : ["--frames", FormattableString.Invariant($"{frames}"), "--interval", "1"];
        var command = program.Command([.. Gphoto2Program.Setting(settings), "--force-overwrite", "--filename", "%n.%C", "--capture-image-and-download", .. pace]);
        program.Downloads.Clear();
        var running = RunningTool.Start(command, program.Downloads.Path, program.Around.Log, program.Around.Time, voice.Ears(program.Around.Time));
        _ = running.CloseInputAsync();
        return new Gphoto2Session(program, running, voice, frames);
    }

    /// <summary>Takes one frame; where it takes them by itself, the next one in turn.</summary>
    /// <param name="exposure">Null where it is not known.</param>
    /// <param name="files">How many files it becomes; one more is waited for in vain for a while only.</param>
    /// <returns>When the shutter was released, and the files in the download folder, complete.</returns>
    /// <exception cref="Gphoto2Exception">The frame did not come.</exception>
    public async Task<(DateTimeOffset TakenAt, IReadOnlyList<string> Files)> TakeAsync(TimeSpan? exposure, int files, CancellationToken cancellation)
    {
        _isInMidFrame = true; // till we know better
        var takenAt = await ReleaseAsync(cancellation).ConfigureAwait(false);
        // Twice: with long-exposure noise reduction a camera takes a dark as long as the frame.
        await WaitForFilesAsync(1, (2 * exposure ?? TimeSpan.FromMinutes(1)) + _program.Around.Margin, cancellation).ConfigureAwait(false);
        if (!await TryWaitForFilesAsync(files, PairPatience, cancellation).ConfigureAwait(false))
            _program.Around.Log.LogWarning("Only one file of {Count} came", files);
        EndFrame();
        var downloaded = _program.Downloads.Files();
        return (takenAt, _frames == 0 ? downloaded : [.. downloaded.Take(files)]);
    }

    /// <summary>
    /// Between two frames gphoto2 closes the camera and ends at SIGINT followed by SIGTERM; SIGINT alone it heeds only after one more frame, and the
    /// same signal twice kills it. In the middle of a frame it gets its grace between the two.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isInMidFrame && (_frames == 0 || _over == _frames) && !_running.Exit.IsCompleted)
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
        if (_frames > 0 || _over == 0) // it takes its first frame by itself
            return await WaitForBeginningAsync(_program.Around.Margin, cancellation).ConfigureAwait(false) ?? throw Hung(_over == 0 ? "The camera did not open" : "The camera did not begin the frame");
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
        var late = Task.Delay(patience, _program.Around.Time, over.Token);
        try
        {
            while (true)
            {
                var spoke = _voice.Next();
                if (_voice.BeginningOf(_over) is { } takenAt)
                    return takenAt;
                var first = await Task.WhenAny(spoke, _running.Exit, late).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                if (first == _running.Exit)
                    throw await ExplainAsync("The camera cannot be opened").ConfigureAwait(false);
                if (first == late)
                    return null;
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitForFilesAsync(int count, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await TryWaitForFilesAsync(count, patience, cancellation).ConfigureAwait(false))
            throw Hung(FormattableString.Invariant($"The frame did not come within {patience.TotalSeconds:0.#} s"));
    }

    private async Task<bool> TryWaitForFilesAsync(int count, TimeSpan patience, CancellationToken cancellation)
    {
        for (var started = _program.Around.Time.GetTimestamp(); _program.Downloads.Files().Count < count;)
        {
            if (_voice.Errors.Contains("ERROR:", StringComparison.Ordinal) || (_running.Exit.IsCompleted && _program.Downloads.Files().Count < count))
                throw await FailAsync().ConfigureAwait(false);
            if (_program.Around.Time.GetElapsedTime(started) > patience)
                return false;
            await Task.WhenAny(_running.Exit, Task.Delay(LookInterval, _program.Around.Time, cancellation)).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>A frame that gphoto2 says it could not take is over. It stands by again, and is better begun anew; or it is at the next frame, which is taken for this one.</summary>
    private async Task<Gphoto2Exception> FailAsync()
    {
        var failed = await ExplainAsync("The frame did not come").ConfigureAwait(false);
        _isSpoilt = _frames == 0 || failed.Trouble != Gphoto2Trouble.Failed;
        if (_voice.TryForget(FrameFailed) && !_running.Exit.IsCompleted)
            EndFrame();
        return failed;
    }

    private void EndFrame()
    {
        _over++;
        _isInMidFrame = false;
    }

    /// <summary>It writes the reason in several lines, and some to stdout as it ends.</summary>
    private async Task<Gphoto2Exception> ExplainAsync(string what)
    {
        if (await Task.WhenAny(_running.Exit, Task.Delay(LastWords, _program.Around.Time)).ConfigureAwait(false) == _running.Exit)
            await _running.EndAsync().ConfigureAwait(false);
        return Gphoto2Messages.Explain(what, _voice.ErrorsUpTo(FrameFailed));
    }

    private static Gphoto2Exception Hung(string what) => new(
        Gphoto2Trouble.Failed, $"{what}: gphoto2 hangs and was stopped.", "Switch the camera off and on. Does it need longer than its exposure says? Give it --camera-timeout.");
}
