namespace AstroJobs.Kinds.Timelapse;

/// <summary>What became of a shot.</summary>
public enum ShotStatus
{
    /// <summary>Its files are there.</summary>
    Taken,

    /// <summary>The camera was asked, in spite of a second try in vain.</summary>
    Failed,

    /// <summary>The camera was not asked: its time had passed.</summary>
    Missed,
}
