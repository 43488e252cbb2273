using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Extract;

/// <summary>output/result.json of an extract. Also written when solving failed: then <see cref="Ok"/> is false and the job ends in error.</summary>
public sealed record ExtractResult
{
    public required bool Ok { get; init; }

    public JobError? Error { get; init; }

    /// <summary>Name of the picture.</summary>
    public required string Filename { get; init; }

    /// <summary>Where it was at submit.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The same, as earlier callers know it from failures.</summary>
    public string? Image { get; init; }

    public required CaptureFacts Capture { get; init; }

    public AstrometryFacts? Astrometry { get; init; }

    public StarFacts? Stars { get; init; }

    /// <summary>Nearest to the middle first; null when not solved.</summary>
    public IReadOnlyList<FieldObject>? Objects { get; init; }

    public required ExtractFiles Files { get; init; }

    /// <summary>What a person should know about the picture or the result.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];

    /// <summary>The attempts to solve, in order.</summary>
    public IReadOnlyList<TriedStep>? Attempts { get; init; }

    public required ExtractTimings Timings { get; init; }
}
