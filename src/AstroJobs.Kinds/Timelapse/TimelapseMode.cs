namespace AstroJobs.Kinds.Timelapse;

/// <summary>How the times of the shots are said.</summary>
public enum TimelapseMode
{
    /// <summary>One after the other from the start on.</summary>
    Interval,

    /// <summary>Each by itself.</summary>
    At,

    /// <summary>At an interval while a window of the day is open, night after night.</summary>
    Window,
}
