namespace AstroJobs.Kinds.Timelapse;

/// <summary>What opens or closes a window each day: a time of day, or the Sun passing an altitude.</summary>
public sealed record WindowEdge
{
    /// <summary>In the time zone of who submits; null where it is the Sun.</summary>
    public TimeOnly? TimeOfDay { get; init; }

    /// <summary>Of the Sun's middle, degrees, without refraction.</summary>
    public double SunAltitudeDeg { get; init; }

    /// <summary>Whether the Sun passes upwards.</summary>
    public bool SunRises { get; init; }

    /// <summary>So much later, or earlier when negative.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>Sunset or sunrise, as almanacs have it.</summary>
    public static WindowEdge Horizon(bool rises, TimeSpan offset = default) => new() { SunAltitudeDeg = Sky.Sun.RiseAltitudeDeg, SunRises = rises, Offset = offset };
}
