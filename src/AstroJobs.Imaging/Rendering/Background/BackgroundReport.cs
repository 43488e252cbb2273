namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>What was taken off the sky of a result.</summary>
/// <param name="Cells">Squares of the picture in which the sky was measured.</param>
/// <param name="LeftOut">Those with a nebula, a galaxy or something else that is no sky.</param>
/// <param name="Range">The greatest minus the least of what was taken off, sample units, one a channel.</param>
public sealed record BackgroundReport(BackgroundModel Model, int Cells, int LeftOut, IReadOnlyList<double> Range);
