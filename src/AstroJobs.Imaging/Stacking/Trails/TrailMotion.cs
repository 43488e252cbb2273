using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>How fast and where to the stars move at each place of a camera that stands still: a grid of velocities, bilinear in between.</summary>
internal sealed class TrailMotion
{
    private const int Nodes = 7; // a side

    private readonly double _width;
    private readonly double _height;
    private readonly (double X, double Y)[] _velocities;

    private TrailMotion(int width, int height, (double X, double Y)[] velocities) => (_width, _height, _velocities) = (width - 1, height - 1, velocities);

    /// <param name="maps">For two frames one after the other: from the later one's pixels to the earlier one's, and the seconds between them.</param>
    /// <returns>Null where no two frames tell it. The median over all of them, since cloud or a plane misleads some.</returns>
    public static TrailMotion? Of(int width, int height, IReadOnlyList<(FrameMap Map, double Seconds)> maps)
    {
        var velocities = new (double X, double Y)[Nodes * Nodes];
        for (var node = 0; node < velocities.Length; node++)
        {
            var (x, y) = (node % Nodes * (width - 1.0) / (Nodes - 1), node / Nodes * (height - 1.0) / (Nodes - 1));
            var moves = maps.Select(pair => (To: pair.Map.ToFrame(x, y), pair.Seconds))
                .Where(move => double.IsFinite(move.To.X) && double.IsFinite(move.To.Y))
                .Select(move => (X: (move.To.X - x) / move.Seconds, Y: (move.To.Y - y) / move.Seconds)).ToArray();
            if (moves.Length == 0)
                return null;
            velocities[node] = (MapFit.Median([.. moves.Select(move => move.X)]), MapFit.Median([.. moves.Select(move => move.Y)]));
        }
        return new TrailMotion(width, height, velocities);
    }

    /// <summary>Pixels a second, the most anywhere.</summary>
    public double Fastest => _velocities.Max(velocity => Math.Sqrt((velocity.X * velocity.X) + (velocity.Y * velocity.Y)));

    /// <summary>Pixels a second.</summary>
    public (double X, double Y) At(double x, double y)
    {
        var (u, v) = (Math.Clamp(x / _width, 0, 1) * (Nodes - 1), Math.Clamp(y / _height, 0, 1) * (Nodes - 1));
        var (i, j) = (Math.Min((int)u, Nodes - 2), Math.Min((int)v, Nodes - 2));
        var (right, down) = (u - i, v - j);
        double Mix(Func<(double X, double Y), double> part) =>
            (((part(_velocities[(j * Nodes) + i]) * (1 - right)) + (part(_velocities[(j * Nodes) + i + 1]) * right)) * (1 - down))
            + (((part(_velocities[((j + 1) * Nodes) + i]) * (1 - right)) + (part(_velocities[((j + 1) * Nodes) + i + 1]) * right)) * down);
        return (Mix(static velocity => velocity.X), Mix(static velocity => velocity.Y));
    }
}
