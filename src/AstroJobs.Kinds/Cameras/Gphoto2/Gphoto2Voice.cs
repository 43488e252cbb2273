using System.Text;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>What a running gphoto2 says, for who waits for it.</summary>
internal sealed class Gphoto2Voice
{
    private const string FrameBegins = "Capturing frame #";

    private readonly Lock _lock = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private TaskCompletionSource _spoke = NewSource();
    private TaskCompletionSource<DateTimeOffset> _began = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ToolEars Ears(TimeProvider time) => new()
    {
        Output = piece => Keep(_output, piece),
        OutputLine = line =>
        {
            if (line.StartsWith(FrameBegins, StringComparison.Ordinal))
                Began.TrySetResult(time.GetUtcNow());
        },
        ErrorLine = line => Keep(_errors, line + '\n'),
    };

    /// <summary>When the frame that was asked for last began: gphoto2 says so, and flushes it, right before it releases the shutter.</summary>
    public TaskCompletionSource<DateTimeOffset> Began
    {
        get
        {
            lock (_lock)
                return _began;
        }
    }

    public string Errors => Read(_errors);

    public string Output => Read(_output);

    /// <summary>Forgets what was said: something new is asked.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _output.Clear();
            _errors.Clear();
            _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Complete when something more is said.</summary>
    public Task Next()
    {
        lock (_lock)
            return _spoke.Task;
    }

    private string Read(StringBuilder text)
    {
        lock (_lock)
            return text.ToString();
    }

    private void Keep(StringBuilder text, string piece)
    {
        TaskCompletionSource spoke;
        lock (_lock)
        {
            text.Append(piece);
            (spoke, _spoke) = (_spoke, NewSource());
        }
        spoke.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
