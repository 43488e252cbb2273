namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>Where INDI drivers keep what is called the same on every camera: PROPERTY.ELEMENT, the standard one first.</summary>
internal static class IndiKeys
{
    public const string IsoProperty = "CCD_ISO";

    public static IReadOnlyList<(string Key, string[] Candidates)> Known { get; } =
    [
        (CameraKeys.Gain, ["CCD_GAIN.GAIN", "CCD_CONTROLS.Gain"]),
        (CameraKeys.Offset, ["CCD_OFFSET.OFFSET", "CCD_CONTROLS.Offset"]),
        (CameraKeys.Binning, ["CCD_BINNING.HOR_BIN"]),
        (CameraKeys.Temperature, ["CCD_TEMPERATURE.CCD_TEMPERATURE_VALUE"]),
    ];

    public static (IndiProperty? Property, IndiElement? Element) Find(IndiClient client, string device, IEnumerable<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            var parts = candidate.Split('.', 2);
            if (parts.Length == 2 && client.Find(device, parts[0]) is { } property && property.Elements.TryGetValue(parts[1], out var element))
                return (property, element);
        }
        return (null, null);
    }
}
