namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>A property of an INDI device, as its server told it last.</summary>
/// <param name="Kind">Text, Number, Switch, Light or BLOB.</param>
/// <param name="State">Idle, Ok, Busy or Alert.</param>
internal sealed record IndiProperty(string Device, string Name, string Kind, string State, IReadOnlyDictionary<string, IndiElement> Elements)
{
    public bool IsOn(string element) => Elements.TryGetValue(element, out var found) && found.Value == "On";
}
