namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>Into how many cells a picture is cut: fine enough to follow a cloud's edge, coarse enough that a star or its trail is a small part of one.</summary>
internal readonly record struct SkyMeshGrid(int Width, int Height)
{
    private const int CellsAcross = 64; // on the longer side
    private const int SmallestCell = 24; // pixels

    public int Side => Math.Max(SmallestCell, (Math.Max(Width, Height) + CellsAcross - 1) / CellsAcross);

    public int Columns => Math.Max(1, Width / Side);

    public int Rows => Math.Max(1, Height / Side);

    /// <summary>First column of a cell; of the one after the last the picture's width.</summary>
    public int Left(int column) => (int)((long)column * Width / Columns);

    public int Top(int row) => (int)((long)row * Height / Rows);
}
