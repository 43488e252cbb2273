namespace AstroJobs.Kinds.Cameras;

/// <summary>Something that can be set on a camera.</summary>
/// <param name="Choices">The values it takes; empty when it takes any.</param>
public sealed record CameraSetting(string Key, string Value, IReadOnlyList<string> Choices);
