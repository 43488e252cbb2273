using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Demosaicing;

/// <summary>
/// Bayer mosaic to colour by the linear 5×5 filters of Malvar, He and Cutler (ICASSP 2004): the mean of the nearest pixels of a colour, sharpened by
/// the Laplacian of the colour that stands at the pixel. The Laplacians sum to zero, so the light of a star in each colour stays what it was.
/// </summary>
/// <remarks>
/// In eighths, with c the pixel, one and two steps away: green at red and blue 4c + 2(N+S+W+E) − (N₂+S₂+W₂+E₂); the colour of the row at green
/// 5c + 4(W+E) − (W₂+E₂) − corners + ½(N₂+S₂), the colour of the column the same turned; red at blue 6c + 2 corners − 3⁄2 (N₂+S₂+W₂+E₂).
/// All are computed for every lane and chosen by the parity of the column.
/// </remarks>
internal static class MalvarDemosaic
{
    /// <summary>Rows beyond a pixel that it depends on.</summary>
    public const int Halo = 2;

    /// <summary>Makes colour of one row. Beyond an edge the caller's rows, and here the columns, are mirrored, which keeps their colours.</summary>
    /// <param name="y">Frame row, for its parity.</param>
    public static void Row(BayerPattern pattern, int y, in Rows rows, Span<float> red, Span<float> green, Span<float> blue)
    {
        var isEven = (y & 1) == 0;
        var isRedRow = isEven == (pattern is BayerPattern.Rggb or BayerPattern.Grbg);
        var lit = (y & 1) ^ (pattern is BayerPattern.Rggb or BayerPattern.Bggr ? 0 : 1);
        if (isRedRow)
            Row(lit, rows, red, green, blue);
        else
            Row(lit, rows, blue, green, red);
    }

    /// <summary>The scalar twin, edges included.</summary>
    internal static void Pixels(int lit, in Rows rows, Span<float> own, Span<float> green, Span<float> other, int from, int to)
    {
        var row = rows.Here;
        for (var x = from; x < to; x++)
        {
            var (w, e, w2, e2) = (Mirror(x - 1, row.Length), Mirror(x + 1, row.Length), Mirror(x - 2, row.Length), Mirror(x + 2, row.Length));
            var corners = rows.Above[w] + rows.Above[e] + rows.Below[w] + rows.Below[e];
            var (beside, beside2, upright, upright2) = (row[w] + row[e], row[w2] + row[e2], rows.Above[x] + rows.Below[x], rows.Above2[x] + rows.Below2[x]);
            if ((x & 1) == lit)
            {
                own[x] = row[x];
                green[x] = ((4 * row[x]) + (2 * (beside + upright)) - beside2 - upright2) / 8;
                other[x] = ((6 * row[x]) + (2 * corners) - (1.5f * (beside2 + upright2))) / 8;
            }
            else
            {
                own[x] = ((5 * row[x]) + (4 * beside) - beside2 - corners + (0.5f * upright2)) / 8;
                green[x] = row[x];
                other[x] = ((5 * row[x]) + (4 * upright) - upright2 - corners + (0.5f * beside2)) / 8;
            }
        }
    }

    /// <param name="lit">Parity of the columns that are not green.</param>
    /// <param name="own">The colour of this row, beside green.</param>
    /// <param name="other">The colour of the rows above and below.</param>
    private static void Row(int lit, in Rows rows, Span<float> own, Span<float> green, Span<float> other)
    {
        var row = rows.Here;
        var lanes = Vector<float>.Count;
        Pixels(lit, rows, own, green, other, 0, Math.Min(Halo, row.Length));
        var isLit = Vector.Equals(Vector<int>.Indices & Vector<int>.One, new Vector<int>(lit)); // the first lane's column is even: the halo and the lanes are
        var x = Halo;
        for (; x <= row.Length - Halo - lanes; x += lanes)
        {
            var c = At(row, x);
            var (beside, beside2) = (At(row, x - 1) + At(row, x + 1), At(row, x - 2) + At(row, x + 2));
            var (upright, upright2) = (At(rows.Above, x) + At(rows.Below, x), At(rows.Above2, x) + At(rows.Below2, x));
            var corners = At(rows.Above, x - 1) + At(rows.Above, x + 1) + At(rows.Below, x - 1) + At(rows.Below, x + 1);
            var far = beside2 + upright2;
            var cross = ((c * 4) + ((beside + upright) * 2) - far) * 0.125f;
            var diagonal = ((c * 6) + (corners * 2) - (far * 1.5f)) * 0.125f;
            var centre = (c * 5) - corners;
            var level = (centre + (beside * 4) - beside2 + (upright2 * 0.5f)) * 0.125f;
            var plumb = (centre + (upright * 4) - upright2 + (beside2 * 0.5f)) * 0.125f;
            Vector.ConditionalSelect(isLit, c, level).CopyTo(own[x..]);
            Vector.ConditionalSelect(isLit, cross, c).CopyTo(green[x..]);
            Vector.ConditionalSelect(isLit, diagonal, plumb).CopyTo(other[x..]);
        }
        Pixels(lit, rows, own, green, other, Math.Max(x, Math.Min(Halo, row.Length)), row.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(ReadOnlySpan<float> row, int x) => new(row[x..]);

    private static int Mirror(int at, int length)
    {
        if (length == 1)
            return 0;
        while (at < 0 || at >= length)
            at = at < 0 ? -at : (2 * (length - 1)) - at;
        return at;
    }

    /// <summary>A row of the mosaic and the two on each side of it.</summary>
    internal readonly ref struct Rows
    {
        public required ReadOnlySpan<float> Above2 { get; init; }

        public required ReadOnlySpan<float> Above { get; init; }

        public required ReadOnlySpan<float> Here { get; init; }

        public required ReadOnlySpan<float> Below { get; init; }

        public required ReadOnlySpan<float> Below2 { get; init; }

        /// <param name="samples">Rows of the mosaic from <paramref name="top"/> on, at least all of the frame within two of <paramref name="y"/>.</param>
        public static Rows Of(ReadOnlySpan<float> samples, int width, int height, int top, int y) => new()
        {
            Above2 = At(samples, width, height, top, y - 2),
            Above = At(samples, width, height, top, y - 1),
            Here = At(samples, width, height, top, y),
            Below = At(samples, width, height, top, y + 1),
            Below2 = At(samples, width, height, top, y + 2),
        };

        private static ReadOnlySpan<float> At(ReadOnlySpan<float> samples, int width, int height, int top, int y) => samples.Slice((Mirror(y, height) - top) * width, width);
    }
}
