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
    private readonly List<DateTimeOffset> _beginnings = [];
    private TaskCompletionSource _spoke = NewSource();

    public ToolEars Ears(TimeProvider time) => new()
    {
        Output = piece => Keep(_output, piece),
        OutputLine = line =>
        {
            if (line.StartsWith(FrameBegins, StringComparison.Ordinal))
                Begin(time.GetUtcNow());
        },
        ErrorLine = line => Keep(_errors, line + '\n'),
    };

    public string Errors => Read(_errors);

    public string Output => Read(_output);

    /// <summary>When a frame began: gphoto2 says so, and flushes it, right before it releases the shutter. Null for one that has not.</summary>
    /// <param name="index">From 0, since gphoto2 was started.</param>
    public DateTimeOffset? BeginningOf(int index)
    {
        lock (_lock)
            return index < _beginnings.Count ? _beginnings[index] : null;
    }

    /// <summary>The errors through the first line with this, or all: what comes after it belongs to something else.</summary>
    public string ErrorsUpTo(string words)
    {
        var errors = Errors;
        return errors[..EndOfLineWith(errors, words)];
    }

    /// <summary>Forgets the errors through the first line with this; false where there is none.</summary>
    public bool TryForget(string words)
    {
        lock (_lock)
        {
            var errors = _errors.ToString();
            _errors.Remove(0, EndOfLineWith(errors, words));
            return _errors.Length < errors.Length && errors.Contains(words, StringComparison.Ordinal);
        }
    }

    /// <summary>Forgets the words so far: something new is asked.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _output.Clear();
            _errors.Clear();
        }
    }

    /// <summary>Complete when something more is said.</summary>
    public Task Next()
    {
        lock (_lock)
            return _spoke.Task;
    }

    private static int EndOfLineWith(string text, string words) =>
        text.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at ? text.IndexOf('\n', at) + 1 : text.Length;

    private string Read(StringBuilder text)
    {
        lock (_lock)
            return text.ToString();
    }

    private void Begin(DateTimeOffset time) => Change(() => _beginnings.Add(time));

    private void Keep(StringBuilder text, string piece) => Change(() => text.Append(piece));

    private void Change(Action change)
    {
        TaskCompletionSource spoke;
        lock (_lock)
        {
            change();
            (spoke, _spoke) = (_spoke, NewSource());
        }
        spoke.TrySetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
