namespace AstroJobs.Imaging.Rendering;

/// <summary>What the colours of a result are balanced by.</summary>
public enum WhiteBalance
{
    /// <summary>Nothing: the numbers stay as the sensor gave them.</summary>
    None,

    /// <summary>The factors that the camera chose, as its RAW files say them.</summary>
    Camera,

    /// <summary>The sky is made grey: what a colour of it has more than the least is taken off.</summary>
    Background,

    /// <summary>The middle colour of the stars is made white, then the sky grey.</summary>
    Stars,
}
