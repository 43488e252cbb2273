using System.Globalization;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>Counts the readers that wait open over all frames: a thousand frames must not need a thousand open files.</summary>
internal sealed class OpenFiles(int most)
{
    private const int Usual = 256;
    private const string Limit = "Max open files"; // proc(5): its name, the soft and the hard limit, the unit

    private int _open;

    /// <summary>As many as help, and at most half of those that this process may have.</summary>
    public static OpenFiles OfThisProcess() => new(Most(File.ReadLines("/proc/self/limits")));

    /// <param name="limits">Of a process, as Linux tells them.</param>
    internal static int Most(IEnumerable<string> limits) => limits.Aggregate(Usual, static (most, line) => Math.Min(most, Half(line)));

    /// <returns>False when the reader must be closed.</returns>
    public bool TryKeep()
    {
        if (Interlocked.Increment(ref _open) <= most)
            return true;
        Interlocked.Decrement(ref _open);
        return false;
    }

    public void Take() => Interlocked.Decrement(ref _open);

    private static int Half(string line) =>
        line.StartsWith(Limit, StringComparison.Ordinal) && line[Limit.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var soft, ..]
        && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit / 2 : Usual;
}
