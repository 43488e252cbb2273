using System.CommandLine;

namespace AstroJobs.Cli;

/// <summary>Runs a command within a session that is there already, so that it answers there and not to the caller.</summary>
internal sealed class SessionInvocation : InvocationConfiguration
{
    public SessionInvocation(Session session)
    {
        Session = session;
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    public Session Session { get; }
}
