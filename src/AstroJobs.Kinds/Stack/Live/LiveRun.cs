using System.Globalization;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Live;
using AstroJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Stack.Live;

/// <summary>
/// One run of a live stack: each frame that comes is added, and the picture written again. It ends when the job that it follows has ended, when no frame
/// has come for as long as the caller said, or when it is cancelled; the picture of all frames so far stays in any case.
/// </summary>
internal sealed class LiveRun(StackParameters parameters, JobContext context, StackRequest request, Func<StackReport, StackResult> describe)
{
    private const string Phase = "live";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBacklog = TimeSpan.FromSeconds(10);

    private readonly LiveSource _source = new(parameters, context);
    private readonly Dictionary<string, WatchedFile> _watched = [];
    private readonly long _started = context.Time.GetTimestamp();
    private TimeSpan _lastNew;
    private TimeSpan _lastPublished;
    private int _published;

    private TimeSpan Now => context.Time.GetElapsedTime(_started);

    /// <exception cref="JobException"><c>bad_input</c> when it ended before any frame could be used.</exception>
    public async Task RunAsync()
    {
        using var stack = new LiveStack(request, context.Cancellation);
        try
        {
            await FollowAsync(stack).ConfigureAwait(false);
        }
        finally
        {
            if (stack.Added > _published)
                Publish(stack);
            foreach (var (path, file) in _watched)
                if (file.WhyNeverRead(path) is { } reason)
                    context.Log.LogWarning("Left out {Path}: {Reason}", path, reason);
        }
        if (stack.Added == 0)
            throw new JobException(ErrorCode.BadInput, $"No frame came that can be used; {stack.LeftOut} were left out.", "task.log names every frame that was left out and why.");
    }

    private async Task FollowAsync(LiveStack stack)
    {
        Tell(stack, "waiting for frames");
        while (true)
        {
            var hasEnded = _source.HasEnded(); // before the look: a frame that comes in between is seen by it
            var waiting = await TakeAllAsync(stack).ConfigureAwait(false);
            if (stack.Added > _published)
                Publish(stack);
            if (waiting == 0 && hasEnded)
                return;
            if (waiting == 0 && parameters.LiveUntil is { } idle && Now - _lastNew >= idle)
                return;
            await Task.Delay(Pause, context.Time, context.Cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>How many are there that could not be read yet, and may be soon.</returns>
    private async Task<int> TakeAllAsync(LiveStack stack)
    {
        var waiting = 0;
        foreach (var (input, isWhole) in _source.Look().Where(frame => !stack.Knows(frame.Input.Path)))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (!_watched.TryGetValue(input.Path, out var file))
                _watched[input.Path] = file = new WatchedFile();
            if (!file.Look(input.Path, Now, isWhole) || !await Task.Run(() => Take(stack, input, file)).ConfigureAwait(false))
            {
                waiting += file.IsHoped(Now) ? 1 : 0;
                continue;
            }
            _watched.Remove(input.Path);
            _lastNew = Now;
            if (stack.Added > _published && Now - _lastPublished >= LongestBacklog)
                Publish(stack);
        }
        return waiting;
    }

    /// <returns>False when it is to be tried again.</returns>
    private bool Take(LiveStack stack, StackInput input, WatchedFile file)
    {
        var name = Path.GetFileName(input.Path);
        var outcome = stack.Add(input, context.Cancellation);
        if (outcome.IsUnreadable)
        {
            if (!file.HasFailed(Now))
                return false;
            stack.GiveUp(input.Path, outcome.Reason!);
        }
        if (outcome.Reason is { } reason)
            context.Log.LogWarning("Left out {Path}: {Reason}", input.Path, reason);
        Tell(stack, outcome.Reason is null ? string.Create(CultureInfo.InvariantCulture, $"{name} added ({outcome.Stars} stars)") : $"{name} left out");
        stack.KeepNowAndThen();
        return true;
    }

    private void Publish(LiveStack stack)
    {
        try
        {
            var result = describe(stack.Publish());
            Report.StackReportFile.Write(result, context);
            context.SaveResult(result, StackJson.Default.StackResult);
        }
        catch (ImageException exception)
        {
            throw new JobException(ErrorCode.IoError, exception.Message, inner: exception);
        }
        (_published, _lastPublished) = (stack.Added, Now);
    }

    private void Tell(LiveStack stack, string what) => context.Report(stack.Added, null, Phase, string.Create(
        CultureInfo.InvariantCulture, $"{stack.Added} frames in the picture{(stack.LeftOut > 0 ? $", {stack.LeftOut} left out" : "")}: {what}"));
}
