namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>A straight trail across a whole frame.</summary>
/// <param name="X">A pixel it goes through.</param>
/// <param name="AngleDeg">Its direction from the x axis towards the y axis.</param>
/// <param name="PeakElectrons">On its middle line.</param>
public sealed record SatelliteTrail(double X, double Y, double AngleDeg, double PeakElectrons)
{
    /// <summary>Pixels from the trail's middle line.</summary>
    public double Distance(double x, double y)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(AngleDeg));
        return Math.Abs(((x - X) * sin) - ((y - Y) * cos));
    }

    internal void Draw(Span<float> row, int y, double sigma, float strength)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(AngleDeg));
        var reach = 4 * sigma;
        var (from, to) = (0, row.Length - 1);
        if (Math.Abs(sin) > 1e-6)
        {
            var middle = X + ((y - Y) * cos / sin);
            var half = reach / Math.Abs(sin);
            (from, to) = ((int)Math.Clamp(middle - half, 0, row.Length), (int)Math.Clamp(middle + half, -1, row.Length - 1));
        }
        for (var x = from; x <= to; x++)
        {
            var distance = Distance(x, y) / sigma;
            row[x] += strength * (float)(PeakElectrons * Math.Exp(-0.5 * distance * distance));
        }
    }
}
