namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>One go at solving.</summary>
/// <param name="Name">What it assumes, for people.</param>
/// <param name="Scale">Null when anything from 0.1° to 180° across is possible.</param>
/// <param name="Near">Null for the whole sky.</param>
/// <param name="Depths">Null for the solver's own.</param>
/// <param name="Patience">It is stopped after that.</param>
/// <param name="UsesPicture">The solver looks for stars in the picture itself.</param>
public sealed record SolveAttempt(
    string Name, ScaleRange? Scale, SkyCircle? Near, IReadOnlyList<DepthRange>? Depths, TimeSpan Patience, bool UsesPicture = false)
{
    /// <summary>By how much the picture is made smaller first, where the solver looks for stars itself.</summary>
    public int Downsample { get; init; } = 1;

    /// <summary>East is left of north, as in every picture that no mirror, and no program, has turned over: half the work.</summary>
    public bool Unmirrored { get; init; }
}
