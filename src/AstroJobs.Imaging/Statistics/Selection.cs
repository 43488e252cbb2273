using System.Numerics;

namespace AstroJobs.Imaging.Statistics;

/// <summary>Finds a value of a given rank without putting all others into order (Hoare's quickselect, pivots from the middle).</summary>
internal static class Selection
{
    /// <summary>What would stand at Length / 2 in ascending order.</summary>
    /// <param name="values">At least one, no NaN; left in another order.</param>
    public static T Middle<T>(Span<T> values)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        var (rank, low, high) = (values.Length / 2, 0, values.Length - 1);
        while (low < high)
        {
            var pivot = values[low + ((high - low) / 2)];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i <= j)
                    (values[i], values[j], i, j) = (values[j], values[i], i + 1, j - 1);
            }
            if (rank <= j)
                high = j;
            else if (rank >= i)
                low = i;
            else
                break;
        }
        return values[rank];
    }
}
