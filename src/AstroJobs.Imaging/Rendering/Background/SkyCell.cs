namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>The sky in one square of a picture.</summary>
/// <param name="U">Its middle, −1 … 1 from left to right.</param>
/// <param name="V">The same from top to bottom, by the same scale.</param>
/// <param name="Levels">One a channel.</param>
internal sealed record SkyCell(int Column, int Row, double U, double V, double[] Levels);
