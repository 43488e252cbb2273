namespace AstroJobs.Kinds.Extract;

/// <summary>Which stars an attempt to solve takes.</summary>
internal enum StepStars
{
    Brightest,

    /// <summary>The brightest of each part of the picture.</summary>
    Spread,

    /// <summary>Those that the solver finds itself.</summary>
    OfThePicture,
}
