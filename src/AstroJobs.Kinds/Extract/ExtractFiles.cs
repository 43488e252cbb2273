namespace AstroJobs.Kinds.Extract;

/// <summary>Names in the job's output folder; null was not made.</summary>
public sealed record ExtractFiles
{
    /// <summary>The solution as FITS keywords.</summary>
    public string? Wcs { get; init; }

    /// <summary>The picture with the solution in its header.</summary>
    public string? Solved { get; init; }

    public string? StarsCsv { get; init; }

    public string? StarsFits { get; init; }

    public string? Preview { get; init; }

    public string? Annotated { get; init; }
}
