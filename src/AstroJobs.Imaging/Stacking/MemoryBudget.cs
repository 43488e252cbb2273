using System.Globalization;

namespace AstroJobs.Imaging.Stacking;

/// <summary>How much memory a stack may take when nobody says.</summary>
public static class MemoryBudget
{
    public const long Least = 128L << 20;

    private const long EnoughForStrips = 160L << 20; // a worker: strips that are higher are no faster

    private const long Elsewhere = 28L << 20; // stars, fits, decoders' buffers, garbage not collected yet, blocks the allocator keeps: measured beside the strips

    private const string MemInfo = "/proc/meminfo";

    /// <summary>A quarter of what is available now (container limits included), at least 128 MiB.</summary>
    public static long Default()
    {
        var limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes; // knows cgroup limits
        var free = File.Exists(MemInfo) ? Available(File.ReadLines(MemInfo)) ?? limit : limit;
        return Math.Max(Least, Math.Min(free, limit) / 4);
    }

    /// <summary>What of it all strips together may take.</summary>
    /// <param name="asked">What somebody said; null for nobody.</param>
    /// <param name="besides">Bytes that are held all the while.</param>
    internal static long ForStrips(long? asked, long budget, long besides, int threads) =>
        Math.Max((asked is null ? Math.Min(budget, EnoughForStrips * threads) : budget) - besides - Elsewhere, Least / 8);

    internal static long? Available(IEnumerable<string> memInfo)
    {
        var line = memInfo.FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
            && long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * 1024 : null;
    }
}
