namespace AstroJobs.Imaging.Stacking;

/// <summary>How the values of one pixel on all frames become one.</summary>
public enum StackMode
{
    /// <summary>The mean of the frames that show the pixel.</summary>
    Mean,

    /// <summary>The middle value: leaves out satellites and cosmic rays, costs a quarter of the signal to noise.</summary>
    Median,

    /// <summary>The brightest value: star trails.</summary>
    Max,

    /// <summary>The darkest value.</summary>
    Min,

    /// <summary>The mean times the number of frames: as if every frame showed every pixel, so there are no steps where fewer overlap.</summary>
    Sum,
}
