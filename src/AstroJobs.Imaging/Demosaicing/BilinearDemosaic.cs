using System.Numerics;

namespace AstroJobs.Imaging.Demosaicing;

/// <summary>
/// Bayer mosaic to colour by the mean of the nearest pixels of each colour. With c the pixel, h = (W + E)/2, v = (N + S)/2,
/// + = (h + v)/2 and × = the mean of the four corners: on red c, +, × are red, green, blue; on a green beside red h, c, v;
/// blue rows the same with red and blue exchanged. All are computed for every lane and chosen by the parity of the column.
/// </summary>
internal static class BilinearDemosaic
{
    /// <summary>Makes colour of one row. Beyond an edge the caller's rows, and here the columns, are mirrored, which keeps their colours.</summary>
    /// <param name="y">Frame row, for its parity.</param>
    public static void Row(
        BayerPattern pattern, int y, ReadOnlySpan<float> above, ReadOnlySpan<float> row, ReadOnlySpan<float> below, Span<float> red, Span<float> green, Span<float> blue)
    {
        var (redX, redY) = pattern switch
        {
            BayerPattern.Rggb => (0, 0),
            BayerPattern.Grbg => (1, 0),
            BayerPattern.Gbrg => (0, 1),
            _ => (1, 1),
        };
        var isRedRow = (y & 1) == redY;
        // Of a red row the lit columns are red's; of a blue row they are blue's, one further on.
        var lit = isRedRow ? redX : 1 - redX;
        if (isRedRow)
            Row(lit, above, row, below, red, green, blue);
        else
            Row(lit, above, row, below, blue, green, red);
    }

    /// <param name="lit">Parity of the columns that are not green.</param>
    /// <param name="own">The colour of this row, beside green.</param>
    /// <param name="other">The colour of the rows above and below.</param>
    private static void Row(
        int lit, ReadOnlySpan<float> above, ReadOnlySpan<float> row, ReadOnlySpan<float> below, Span<float> own, Span<float> green, Span<float> other)
    {
        Pixels(lit, above, row, below, own, green, other, 0, Math.Min(1, row.Length));
        var x = 1;
        var count = Vector<float>.Count;
        var isLit = Vector.Equals((Vector<int>.Indices + Vector<int>.One) & Vector<int>.One, new Vector<int>(lit));
        for (; x < row.Length - count; x += count)
        {
            var (n, s, c) = (new Vector<float>(above[x..]), new Vector<float>(below[x..]), new Vector<float>(row[x..]));
            var h = (new Vector<float>(row[(x - 1)..]) + new Vector<float>(row[(x + 1)..])) * 0.5f;
            var v = (n + s) * 0.5f;
            var corners = (new Vector<float>(above[(x - 1)..]) + new Vector<float>(above[(x + 1)..])
                + new Vector<float>(below[(x - 1)..]) + new Vector<float>(below[(x + 1)..])) * 0.25f;
            Vector.ConditionalSelect(isLit, c, h).CopyTo(own[x..]);
            Vector.ConditionalSelect(isLit, (h + v) * 0.5f, c).CopyTo(green[x..]);
            Vector.ConditionalSelect(isLit, corners, v).CopyTo(other[x..]);
        }
        Pixels(lit, above, row, below, own, green, other, x, row.Length);
    }

    /// <summary>The scalar twin, edges included.</summary>
    internal static void Pixels(
        int lit, ReadOnlySpan<float> above, ReadOnlySpan<float> row, ReadOnlySpan<float> below, Span<float> own, Span<float> green, Span<float> other, int from, int to)
    {
        for (var x = from; x < to; x++)
        {
            var west = x > 0 ? x - 1 : Math.Min(1, row.Length - 1);
            var east = x < row.Length - 1 ? x + 1 : Math.Max(0, row.Length - 2);
            var h = (row[west] + row[east]) * 0.5f;
            var v = (above[x] + below[x]) * 0.5f;
            if ((x & 1) == lit)
                (own[x], green[x], other[x]) = (row[x], (h + v) * 0.5f, (above[west] + above[east] + below[west] + below[east]) * 0.25f);
            else
                (own[x], green[x], other[x]) = (h, row[x], v);
        }
    }
}
