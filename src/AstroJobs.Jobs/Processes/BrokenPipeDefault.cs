using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Processes;

/// <summary>
/// While it lives, SIGPIPE has its default action. .NET ignores the signal in its own process and hands that down to its children, in which
/// <c>yes | head -1</c> then ends with an error instead of quietly.
/// </summary>
internal sealed class BrokenPipeDefault : IDisposable
{
    private const int BrokenPipe = 13; // SIGPIPE

    private static readonly Lock Gate = new();

    private readonly nint _usual;

    public BrokenPipeDefault()
    {
        Gate.Enter();
        _usual = Libc.Signal(BrokenPipe, Libc.DefaultAction);
    }

    public void Dispose()
    {
        Libc.Signal(BrokenPipe, _usual);
        Gate.Exit();
    }
}
