namespace AstroJobs.Imaging.Registration;

/// <summary>Where the pixels of a row of a frame lie on the result: the way forth, as <see cref="SourcePath"/> is the way back.</summary>
internal static class DropPath
{
    /// <param name="x">Frame column of the first pixel.</param>
    /// <param name="columns">Result columns.</param>
    public static void Fill(FrameMap map, int x, int y, Span<double> columns, Span<double> rows)
    {
        if (map.Bend is null)
        {
            for (var i = 0; i < columns.Length; i++)
                (columns[i], rows[i]) = map.Plane.Map(x + i, y);
            return;
        }
        // As there: reckoned at every eighth column of the frame, straight lines between.
        var knot = SourcePath.FloorToStep(x);
        var (leftX, leftY) = map.ToReference(knot, y);
        for (var i = 0; i < columns.Length; knot += SourcePath.Step)
        {
            var (rightX, rightY) = map.ToReference(knot + SourcePath.Step, y);
            for (; i < columns.Length && x + i < knot + SourcePath.Step; i++)
            {
                var part = (x + i - knot) / (double)SourcePath.Step;
                columns[i] = leftX + (part * (rightX - leftX));
                rows[i] = leftY + (part * (rightY - leftY));
            }
            (leftX, leftY) = (rightX, rightY);
        }
    }
}
