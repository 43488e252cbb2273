using System.Globalization;

namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>One value of a property.</summary>
/// <param name="Least">Of a number; the same as <paramref name="Most"/> where any number goes.</param>
internal sealed record IndiElement(string Name, string Label, string Value, double Least, double Most)
{
    public double? Number => double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
