namespace AstroJobs.Imaging.Rendering;

/// <summary>A rectangle of a picture, pixels.</summary>
public readonly record struct LabelBox(double Left, double Top, double Right, double Bottom)
{
    public bool Meets(LabelBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public LabelBox Grown(double by) => new(Left - by, Top - by, Right + by, Bottom + by);
}
