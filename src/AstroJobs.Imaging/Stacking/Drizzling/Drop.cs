using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Drizzling;

/// <summary>The square as which a sample falls on the result, whose pixel j reaches from j − ½ to j + ½.</summary>
/// <param name="Half">Of its side.</param>
internal readonly record struct Drop(double X, double Y, double Half)
{
    /// <summary>Of a tile: all columns that it may fall on; the last lies before the first where there are none.</summary>
    public (int First, int Last) ColumnsOn(StackTile tile) => Clip(X, tile.Left, tile.Width);

    public (int First, int Last) RowsOn(StackTile tile) => Clip(Y, tile.Top, tile.Height);

    /// <summary>How much of a column's width it covers, 0 … 1; nothing where it is not above 0.</summary>
    public double OnColumn(int column) => Overlap(X, column);

    public double OnRow(int row) => Overlap(Y, row);

    private (int First, int Last) Clip(double middle, int first, int count) =>
        (Math.Max(first, (int)Math.Floor(middle - Half + 0.5)), Math.Min(first + count - 1, (int)Math.Floor(middle + Half + 0.5)));

    private double Overlap(double middle, int pixel) => Math.Min(middle + Half, pixel + 0.5) - Math.Max(middle - Half, pixel - 0.5);
}
