namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>Into how many cells a picture is cut.</summary>
/// <param name="CellsAcross">On the longer side, of a picture that is large enough.</param>
internal readonly record struct SkyMeshGrid(int Width, int Height, int CellsAcross)
{
    private const int SmallestCell = 24; // pixels

    public int Columns { get; } = Math.Max(1, Width / SideOf(Width, Height, CellsAcross));

    public int Rows { get; } = Math.Max(1, Height / SideOf(Width, Height, CellsAcross));

    /// <summary>Of a cell, about, pixels.</summary>
    public int Side => SideOf(Width, Height, CellsAcross);

    public int Cells => Columns * Rows;

    /// <summary>Fine enough to follow a cloud's edge, coarse enough that a star or its trail is a small part of a cell.</summary>
    public static SkyMeshGrid Fine(int width, int height) => new(width, height, 64);

    /// <summary>For a glance: so few cells that the samples taken for it tell each level to a twentieth of the noise.</summary>
    public static SkyMeshGrid Coarse(int width, int height) => new(width, height, 32);

    /// <summary>First column of a cell; of the one after the last the picture's width.</summary>
    public int Left(int column) => (int)((long)column * Width / Columns);

    public int Top(int row) => (int)((long)row * Height / Rows);

    public (double X, double Y) MiddleOf(int cell)
    {
        var (row, column) = Math.DivRem(cell, Columns);
        return ((Left(column) + Left(column + 1) - 1) / 2.0, (Top(row) + Top(row + 1) - 1) / 2.0);
    }

    private static int SideOf(int width, int height, int cellsAcross) => Math.Max(SmallestCell, (Math.Max(width, height) + cellsAcross - 1) / cellsAcross);
}
