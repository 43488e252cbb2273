namespace AstroJobs.Imaging.Rendering;

/// <summary>How the picture to look at is made bright.</summary>
public enum PreviewStretch
{
    /// <summary>One curve for all colours, after linear colours that nobody has balanced were balanced by stars and sky.</summary>
    Auto,

    /// <summary>One curve for all colours as they are.</summary>
    Linked,

    /// <summary>A curve for each colour: the sky becomes grey, and other colours change with it.</summary>
    Unlinked,

    /// <summary>None: the samples as they are.</summary>
    None,
}
