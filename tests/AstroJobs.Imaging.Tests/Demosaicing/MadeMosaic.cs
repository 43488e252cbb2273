using AstroJobs.Imaging.Demosaicing;

namespace AstroJobs.Imaging.Tests.Demosaicing;

/// <summary>A coloured scene as a sensor with a mosaic sees it, and made colour again.</summary>
internal static class MadeMosaic
{
    /// <param name="scene">Of column, row and channel.</param>
    public static Frame Of(BayerPattern pattern, int width, int height, Func<int, int, int, float> scene)
    {
        var letters = pattern.ToString().ToUpperInvariant();
        var mosaic = new Frame(width, height, 1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                mosaic.Row(0, y)[x] = scene(x, y, "RGB".IndexOf(letters[((y & 1) * 2) + (x & 1)], StringComparison.Ordinal));
        }
        return mosaic;
    }

    public static Frame Demosaic(DemosaicMethod method, BayerPattern pattern, int width, int height, Func<int, int, int, float> scene)
    {
        using var mosaic = Of(pattern, width, height, scene);
        return Demosaic(method, pattern, mosaic);
    }

    public static Frame Demosaic(DemosaicMethod method, BayerPattern pattern, Frame mosaic) => method switch
    {
        DemosaicMethod.Rcd => Rcd(pattern, mosaic, 32, 0),
        DemosaicMethod.Malvar => Malvar(pattern, mosaic),
        _ => Bilinear(pattern, mosaic),
    };

    /// <param name="rows">Of the blocks that it is cut into.</param>
    public static Frame Rcd(BayerPattern pattern, Frame mosaic, int rows, float pedestal)
    {
        var colour = new Frame(mosaic.Width, mosaic.Height, 3);
        using var rcd = new RcdDemosaic(mosaic.Width, rows);
        for (var first = 0; first < mosaic.Height; first += rows)
        {
            var count = Math.Min(rows, mosaic.Height - first);
            rcd.Run(pattern, mosaic.Plane(0), mosaic.Width, mosaic.Height, 0, first, count, pedestal);
            for (var row = 0; row < count; row++)
                rcd.Finish(pattern, first, row, pedestal, colour.Row(0, first + row), colour.Row(1, first + row), colour.Row(2, first + row));
        }
        return colour;
    }

    /// <summary>Light of one channel in a square around a star on a sky of one level.</summary>
    public static double Flux(Frame frame, int channel, double x, double y, int reach, float sky)
    {
        var sum = 0.0;
        for (var row = (int)y - reach; row <= y + reach; row++)
        {
            for (var column = (int)x - reach; column <= x + reach; column++)
                sum += frame.Row(channel, row)[column] - sky;
        }
        return sum;
    }

    /// <summary>Grey rings that grow finer outwards, to four pixels a period at the sides of a square.</summary>
    public static Func<int, int, int, float> ZonePlate(int side) => (x, y, _) =>
    {
        var (dx, dy) = (x - (side / 2.0), y - (side / 2.0));
        return (float)(0.5 + (0.4 * Math.Cos(Math.PI * 0.5 * ((dx * dx) + (dy * dy)) / side)));
    };

    /// <summary>Root mean square of what is not as in the scene, but for the edges.</summary>
    public static double Error(Frame frame, Func<int, int, int, float> scene) => Math.Sqrt(Inner(frame).Average(at =>
        Enumerable.Range(0, 3).Average(channel => Math.Pow(frame.Row(channel, at.Y)[at.X] - scene(at.X, at.Y, channel), 2))));

    /// <summary>Root mean square of red less green and blue less green, but for the edges.</summary>
    public static double Colourfulness(Frame frame) => Math.Sqrt(Inner(frame).Average(at =>
        Math.Pow(frame.Row(0, at.Y)[at.X] - frame.Row(1, at.Y)[at.X], 2) + Math.Pow(frame.Row(2, at.Y)[at.X] - frame.Row(1, at.Y)[at.X], 2)));

    private static IEnumerable<(int X, int Y)> Inner(Frame frame) =>
        from y in Enumerable.Range(4, frame.Height - 8) from x in Enumerable.Range(4, frame.Width - 8) select (x, y);

    private static Frame Malvar(BayerPattern pattern, Frame mosaic)
    {
        var colour = new Frame(mosaic.Width, mosaic.Height, 3);
        for (var y = 0; y < mosaic.Height; y++)
            MalvarDemosaic.Row(pattern, y, MalvarDemosaic.Rows.Of(mosaic.Plane(0), mosaic.Width, mosaic.Height, 0, y), colour.Row(0, y), colour.Row(1, y), colour.Row(2, y));
        return colour;
    }

    private static Frame Bilinear(BayerPattern pattern, Frame mosaic)
    {
        var (colour, height) = (new Frame(mosaic.Width, mosaic.Height, 3), mosaic.Height);
        for (var y = 0; y < height; y++)
        {
            var above = mosaic.Row(0, y > 0 ? y - 1 : 1);
            var below = mosaic.Row(0, y < height - 1 ? y + 1 : height - 2);
            BilinearDemosaic.Row(pattern, y, above, mosaic.Row(0, y), below, colour.Row(0, y), colour.Row(1, y), colour.Row(2, y));
        }
        return colour;
    }
}
