using System.Globalization;

namespace AstroJobs.Kinds.Sky.Catalogues;

/// <summary>The lines of a table inside the program, cut at their semicolons. Where each comes from: scripts/make-sky-catalogues.</summary>
internal static class CatalogueTable
{
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = typeof(CatalogueTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without its table {name}.");
        using var reader = new StreamReader(stream);
        reader.ReadLine(); // the names of the columns
        while (reader.ReadLine() is { } line)
            yield return line.Split(';');
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static double? NumberOrNull(string text) => text.Length == 0 ? null : Number(text);
}
