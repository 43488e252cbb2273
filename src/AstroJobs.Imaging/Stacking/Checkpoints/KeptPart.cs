namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>What a stack keeps of its work, in the order in which it is done; each part has files of its own.</summary>
public enum KeptPart
{
    /// <summary>The first look at each frame, with its decoded samples.</summary>
    Frames,

    /// <summary>How pictures aligned as a whole lie on each other.</summary>
    Shifts,

    /// <summary>A landscape as the camera stood.</summary>
    Ground,

    /// <summary>Which part of a landscape is sky.</summary>
    Mask,

    /// <summary>The background of each frame, place by place.</summary>
    Backgrounds,

    /// <summary>What drizzled samples are compared with.</summary>
    Model,

    /// <summary>A landscape's sky on its stars.</summary>
    Sky,

    /// <summary>The picture with its maps.</summary>
    Result,
}
