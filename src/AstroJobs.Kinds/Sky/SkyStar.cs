namespace AstroJobs.Kinds.Sky;

/// <summary>A star of the sky.</summary>
/// <param name="VMagnitude">Johnson V; for stars that only Tycho-2 knows, its V_T (within 0.1 of V for most).</param>
/// <param name="BMinusV">Colour index: −0.3 is blue, 0.65 the Sun, 1.8 deep orange.</param>
public readonly record struct SkyStar(SkyPosition Position, float VMagnitude, float BMinusV);
