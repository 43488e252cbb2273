namespace AstroJobs.Cli;

/// <summary>What a misspelt word was meant to be.</summary>
internal static class Spelling
{
    /// <returns>The word that the misspelt one begins, or that fewest slips of the pen lead to: a third of its letters at the most; null when none is near.</returns>
    public static string? Nearest(string misspelt, IEnumerable<string> words)
    {
        var ranked = words
            .Select(word => (word, Slips: word.StartsWith(misspelt, StringComparison.OrdinalIgnoreCase) ? 0 : CountSlips(misspelt.ToLowerInvariant(), word)))
            .Where(candidate => candidate.Slips <= Math.Max(1, misspelt.Trim('-').Length / 3));
        return ranked.OrderBy(static candidate => candidate.Slips).ThenBy(static candidate => candidate.word.Length).Select(static candidate => candidate.word).FirstOrDefault();
    }

    /// <summary>Letters left out, put in, changed, or swapped with their neighbour (optimal string alignment distance).</summary>
    internal static int CountSlips(string from, string to)
    {
        var slips = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            for (var j = 0; j <= to.Length; j++)
                slips[i, j] = i == 0 || j == 0 ? i + j : Least(slips, from, to, i, j);
        return slips[from.Length, to.Length];
    }

    private static int Least(int[,] slips, string from, string to, int i, int j)
    {
        var least = Math.Min(Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1, slips[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
        var isSwap = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return isSwap ? Math.Min(least, slips[i - 2, j - 2] + 1) : least;
    }
}
