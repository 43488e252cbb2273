namespace AstroJobs.Imaging.Stacking;

/// <summary>Which part of the sky the result shows.</summary>
public enum StackFraming
{
    /// <summary>What the reference shows.</summary>
    Reference,

    /// <summary>The largest upright rectangle that all frames show.</summary>
    Min,

    /// <summary>All that any frame shows; where none does there is no data.</summary>
    Max,

    /// <summary>As large as the reference, about the mean middle of the frames (centre of gravity).</summary>
    Cog,
}
