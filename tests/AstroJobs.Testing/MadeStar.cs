using AstroJobs.Imaging;

namespace AstroJobs.Testing;

/// <summary>A star of a made sky: where it is on the sky plane, pixels, and its light, sample units × pixels.</summary>
public readonly record struct MadeStar(double X, double Y, double Flux)
{
    private const int Around = 11; // pixels to either side
    private const double Reach = 4.5; // of its light

    /// <summary>Its light on a picture of one channel, against the sky around it.</summary>
    public double LightOn(Frame picture)
    {
        var (near, far) = (new List<double>(), new List<double>());
        for (var y = (int)Y - Around; y <= Y + Around; y++)
        {
            for (var x = (int)X - Around; x <= X + Around; x++)
                (Math.Max(Math.Abs(x - X), Math.Abs(y - Y)) <= Reach ? near : far).Add(picture.Row(0, y)[x]);
        }
        return near.Sum() - (near.Count * far.Average());
    }
}
