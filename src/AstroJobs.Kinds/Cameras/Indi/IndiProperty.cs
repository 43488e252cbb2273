namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>A property of an INDI device, as its server told it last.</summary>
/// <param name="Kind">Text, Number, Switch, Light or BLOB.</param>
/// <param name="State">Idle, Ok, Busy or Alert.</param>
/// <param name="Definition">Which of the definitions heard on this connection was its last, counted over all properties from 1.</param>
internal sealed record IndiProperty(string Device, string Name, string Kind, string State, IReadOnlyDictionary<string, IndiElement> Elements, int Definition)
{
    public bool IsOn(string element) => Elements.TryGetValue(element, out var found) && found.Value == "On";
}
