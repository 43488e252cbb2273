namespace AstroJobs.Kinds.Extract;

/// <summary>Which program says where a picture lies.</summary>
public enum SolverChoice
{
    /// <summary>astrometry.net; ASTAP where only that is installed.</summary>
    Auto,
    Astrometry,
    Astap,
}
