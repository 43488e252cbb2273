namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>An element that an INDI server sent.</summary>
/// <param name="Tag">defNumberVector, setSwitchVector, delProperty, message …</param>
internal sealed record IndiMessage(string Tag, string Device, string Name, string? State, string? Text)
{
    public IReadOnlyDictionary<string, IndiElement> Elements { get; init; } = new Dictionary<string, IndiElement>();

    /// <summary>Of a picture that has come.</summary>
    public string? BlobFormat { get; init; }
}
