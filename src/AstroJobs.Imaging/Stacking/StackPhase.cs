namespace AstroJobs.Imaging.Stacking;

/// <summary>What a stack is doing.</summary>
public enum StackPhase
{
    /// <summary>Masters are made of bias frames, darks and flats.</summary>
    Calibrate,

    /// <summary>Frames are decoded and their stars found.</summary>
    Read,

    /// <summary>Star lists are matched.</summary>
    Register,

    /// <summary>The backgrounds of frames are measured, place by place.</summary>
    Normalize,

    /// <summary>Strips of the result are made and written as they come.</summary>
    Integrate,

    /// <summary>The result and its preview are completed.</summary>
    Write,
}
