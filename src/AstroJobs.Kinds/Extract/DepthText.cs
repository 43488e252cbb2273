using System.Globalization;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>Depths as solve-field reads them: <c>40</c>, <c>20-40</c>, <c>10,20-40</c>.</summary>
internal static class DepthText
{
    /// <summary>Null when it is none.</summary>
    public static IReadOnlyList<DepthRange>? TryParse(string text)
    {
        var ranges = text.Split(',').Select(TryParseOne).ToArray();
        return Array.TrueForAll(ranges, range => range is not null) ? [.. ranges.Select(range => range!.Value)] : null;
    }

    private static DepthRange? TryParseOne(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            return null;
        if (parts.Length == 1)
            return first >= 1 ? new DepthRange(1, first) : null;
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first >= 1 && last >= first ? new DepthRange(first, last) : null;
    }
}
