namespace AstroJobs.Jobs.Executors;

/// <summary>How a worker is taken out of its caller's life (ASTROJOBS_DETACH).</summary>
public enum Detachment
{
    /// <summary>A session of its own. A systemd service that is restarted still ends it: it is in the service's control group.</summary>
    Session,

    /// <summary>A session, in a systemd scope of its own where systemd gives one.</summary>
    Scope,
}
