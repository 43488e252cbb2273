namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>How the brightness of star trails changes from the first frame to the last.</summary>
public enum TrailFade
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>From dark to full: trails begin faintly and end as comets' heads.</summary>
    In,

    /// <summary>From full to dark.</summary>
    Out,

    /// <summary>Full in the middle.</summary>
    Both,
}
