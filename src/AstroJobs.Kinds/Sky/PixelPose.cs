namespace AstroJobs.Kinds.Sky;

/// <summary>
/// How a frame lies against the first one: every star is turned about the pivot by <see cref="RotationDeg"/>
/// (from the x axis towards the y axis: clockwise as one looks at the picture) and then shifted.
/// </summary>
/// <param name="ShiftX">Pixels to the right.</param>
/// <param name="ShiftY">Pixels downwards.</param>
/// <param name="PivotX">The pixel that rotation leaves in place, usually the middle of the frame.</param>
public readonly record struct PixelPose(double ShiftX, double ShiftY, double RotationDeg, double PivotX, double PivotY)
{
    /// <summary>Where what was at (x, y) is now.</summary>
    public (double X, double Y) Apply(double x, double y)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(RotationDeg));
        var (dx, dy) = (x - PivotX, y - PivotY);
        return (PivotX + (cos * dx) - (sin * dy) + ShiftX, PivotY + (sin * dx) + (cos * dy) + ShiftY);
    }
}
