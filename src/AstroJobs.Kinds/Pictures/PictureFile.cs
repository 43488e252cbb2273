namespace AstroJobs.Kinds.Pictures;

/// <summary>One picture that a job takes.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Named">The caller named this very file; false when a folder, a pattern or another job gave it.</param>
public sealed record PictureFile(string Path, bool Named);
