namespace AstroJobs.Kinds.Extract;

/// <summary>A picture to look at. Give <see cref="Image"/> or <see cref="FromJob"/>.</summary>
public sealed record ExtractParameters
{
    /// <summary>Relative to the caller's folder; made absolute at submit, and copied into the job.</summary>
    public string? Image { get; init; }

    /// <summary>The id, or its beginning, of a job whose picture is taken, a stack for example. The work starts when that job is done.</summary>
    public string? FromJob { get; init; }

    /// <summary>The picture covers at least this; null is open. In <see cref="ScaleUnits"/>.</summary>
    public double? ScaleLow { get; init; }

    /// <summary>The picture covers at most this; null is open.</summary>
    public double? ScaleHigh { get; init; }

    public ScaleUnits ScaleUnits { get; init; } = ScaleUnits.Degwidth;

    /// <summary>Where the middle of the picture is looked for, J2000 degrees; with <see cref="DecDeg"/>.</summary>
    public double? RaDeg { get; init; }

    public double? DecDeg { get; init; }

    /// <summary>How far around that: degrees. Default 15.</summary>
    public double RadiusDeg { get; init; } = 15;

    /// <summary>By how much the picture is made smaller where the solver looks for stars itself. Default 2.</summary>
    public int Downsample { get; init; } = 2;

    /// <summary>How many of the brightest stars are tried: <c>40</c>, or <c>20-40</c>; null leaves it to the solver.</summary>
    public string? Depth { get; init; }

    /// <summary>After so long solving is given up. Default ten minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where astrometry.net's index files, or ASTAP's star database, are; null is where they are installed. Made absolute at submit.</summary>
    public string? IndexFolder { get; init; }

    public SolverChoice Solver { get; init; } = SolverChoice.Auto;

    /// <summary>Whether the annotated picture, the preview and the FITS file with the solution are made. Default true.</summary>
    public bool Pictures { get; init; } = true;

    /// <summary>Another program to do it all; null for ours. Made absolute at submit.</summary>
    public string? Extractor { get; init; }

    /// <summary>The copy's name in the job's input folder: filled in at submit.</summary>
    public string? InputName { get; init; }
}
