using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>Shots at times that are known beforehand.</summary>
public sealed record TimelapseParameters : ShootingParameters
{
    public TimelapseParameters() => Prefix = "shot";

    /// <summary>How the times are said; what another mode needs must not be given. Default interval.</summary>
    public TimelapseMode Mode { get; init; }

    /// <summary>Interval and window: from the start of one shot to the start of the next, 0.1 s … 31 days.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Interval and window: no more shots than this, 1 … 100000.</summary>
    public int? Count { get; init; }

    /// <summary>Interval and window: no shot at this time or after it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>At: when each shot is due. Put in order at submit.</summary>
    public IReadOnlyList<DateTimeOffset> At { get; init => field = value ?? []; } = [];

    /// <summary>Window: what opens it.</summary>
    public WindowEdge? From { get; init; }

    /// <summary>Window: what closes it.</summary>
    public WindowEdge? To { get; init; }

    /// <summary>Window by the Sun: degrees north, −90 … 90.</summary>
    public double? LatitudeDeg { get; init; }

    /// <summary>Window by the Sun: degrees east, −180 … 180.</summary>
    public double? LongitudeDeg { get; init; }

    /// <summary>Window: how many nights, 1 … 366. Default 1.</summary>
    public int Nights { get; init; } = 1;

    /// <summary>What the windows came to: filled in at submit, not by the caller.</summary>
    public IReadOnlyList<TimelapseWindow> Windows { get; init => field = value ?? []; } = [];

    /// <summary>A shot that would start later than this is missed. Default: half the interval, at most a minute; a minute for single times.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>How long before a shot the camera is made ready, where it is not. Default 0.</summary>
    public TimeSpan Warmup { get; init; }

    /// <summary>The program that makes the camera ready, and its arguments; empty for none.</summary>
    public IReadOnlyList<string> OnWarmup { get; init => field = value ?? []; } = [];

    /// <summary>Where the next shot is further away than this, the camera is let go until its warm-up; null keeps it.</summary>
    public TimeSpan? StandbyAfter { get; init; }

    /// <summary>The program that is run when the camera is let go, and its arguments; empty for none.</summary>
    public IReadOnlyList<string> OnStandby { get; init => field = value ?? []; } = [];

    /// <summary>What is made of the frames when the series is over.</summary>
    public IReadOnlyList<Follower> Then { get; init => field = value ?? []; } = [];
}
