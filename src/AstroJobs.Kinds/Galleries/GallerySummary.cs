namespace AstroJobs.Kinds.Galleries;

/// <summary>A gallery as a list shows it.</summary>
/// <param name="Images">Its lights.</param>
/// <param name="Results">Stacks, previews and videos made of them.</param>
/// <param name="Bytes">Of all its files but the thumbnails.</param>
/// <param name="Newest">When the last of them came; null in an empty one.</param>
public sealed record GallerySummary(string Name, int Images, int Results, long Bytes, DateTimeOffset? Newest);
