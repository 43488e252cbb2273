namespace AstroJobs.Kinds.Galleries;

/// <summary>Which gallery a job works with.</summary>
/// <param name="Root">The folder of all galleries; absolute.</param>
public sealed record GalleryPlace(string Name, string Root);
