using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Catalogues;

namespace AstroJobs.Kinds.Extract;

/// <summary>What lies in a solved picture.</summary>
internal static class FieldObjects
{
    private const int MostNamed = 50; // as many as solve-field's list had

    /// <param name="taken">Null leaves the bodies of the solar system out.</param>
    /// <returns>Nearest to the middle first.</returns>
    public static IReadOnlyList<FieldObject> List(SkyView view, DateTimeOffset? taken)
    {
        var faintest = FaintestOf(view.RadiusDeg);
        var deepSky = DeepSkyCatalogue.All
            .Where(thing => thing.IsShowpiece || thing.Magnitude <= faintest || (thing.Name is not null && view.RadiusDeg < 15))
            .Select(thing => Place(view, thing.Name ?? thing.Designations[0], thing.Designations[0], thing.Type, thing.Position, thing.SizeArcmin, thing.Magnitude, thing.Designations));
        var stars = NamedStar.All.Select(star => Place(view, star.Name ?? star.Designation!, star.Designation ?? star.Name!, "star", star.Position, null, star.Magnitude, null));
        var bodies = taken is { } time
            ? SolarSystem.At(time).Select(body => Place(view, body.Name, body.Name, body.Type, body.Position, null, null, null))
            : [];
        return [.. deepSky.Concat(stars).Concat(bodies).OfType<FieldObject>().OrderBy(thing => thing.SepArcmin)];
    }

    /// <summary>The constellations that any part of the picture lies in, by a grid of looks; the one with the largest part first.</summary>
    public static IReadOnlyList<string> Constellations(SkyView view)
    {
        const int looks = 12;
        return [.. Enumerable.Range(0, looks * looks)
            .Select(i => Constellation.At(view.Wcs.ToSky((i % looks) * (view.Width - 1) / (looks - 1.0), i / looks * (view.Height - 1) / (looks - 1.0))).Name)
            .GroupBy(name => name)
            .OrderByDescending(names => names.Count())
            .Select(names => names.Key)];
    }

    /// <summary>The same in the form of astro_extract's callers: what solve-field wrote under "Your field contains".</summary>
    public static IReadOnlyList<NamedObject> AsNamed(IReadOnlyList<FieldObject> objects) => [.. objects.Take(MostNamed).Select(thing =>
    {
        string[] names = [.. thing.Designations ?? [thing.Id], .. thing.Name == thing.Id ? [] : new[] { thing.Name }];
        var catalogued = thing.Designations?.FirstOrDefault(name => name.Split(' ') is ["NGC" or "IC", _]) ?? thing.Designations?[0];
        var parts = catalogued?.Split(' ', 2);
        var raw = thing.Type == "star" ? $"The star {thing.Name}{(thing.Name == thing.Id ? "" : $" ({thing.Id})")}" : string.Join(" / ", names);
        return new NamedObject(raw, thing.Name, parts?[0], parts?[1], thing.RaDeg, thing.DecDeg, thing.SepArcmin);
    })];

    // A field of forty degrees holds thousands of faint galaxies, each smaller than a pixel.
    private static double FaintestOf(double radiusDeg) => radiusDeg switch
    {
        > 20 => 7,
        > 10 => 9,
        > 5 => 11,
        _ => 13,
    };

    private static FieldObject? Place(
        SkyView view, string name, string id, string type, SkyPosition position, double? size, double? magnitude, IReadOnlyList<string>? designations)
    {
        if (Math.Abs(position.DecDeg - view.Centre.DecDeg) > view.RadiusDeg)
            return null;
        var separation = position.SeparationDeg(view.Centre);
        return separation <= view.RadiusDeg && view.TryToPixel(position, out var x, out var y)
            ? new FieldObject(name, id, type, position.RaDeg, position.DecDeg, x, y, separation * 60, size, magnitude, designations)
            : null;
    }
}
