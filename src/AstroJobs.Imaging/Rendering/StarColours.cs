using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Rendering;

/// <summary>
/// The middle colour of the stars of a picture. In a field of many stars it is a warm white, and it is what stays when nothing else is known:
/// neither the filters nor the catalogue. Light is summed in a circle of 1.5 FWHM in each colour, the sky around it taken off.
/// </summary>
internal static class StarColours
{
    private const int MostStars = 300; // the brightest; more change the median by less than its own scatter
    private const int FewestStars = 5;
    private const double ApertureFwhms = 1.5;
    private const int Gap = 2; // between the star and the ring of its sky
    private const int Ring = 4;
    private const float Clipped = 0.7f; // a sensor's answer is no longer straight above

    /// <summary>What makes the middle star white; null where too few stars tell.</summary>
    /// <param name="info">Of three channels.</param>
    public static IReadOnlyList<double>? Factors(FrameInfo info, RowSource read)
    {
        using var plane = DetectionPlane.From(info, read);
        var field = StarFinder.Find(plane, info.Width, info.Height, CancellationToken.None);
        if (field.Fwhm is not { } fwhm)
            return null;
        var reach = (int)Math.Ceiling(Math.Max(2, ApertureFwhms * fwhm)) + Gap + Ring;
        using var rows = new PixelBuffer(((2L * reach) + 1) * info.Width);
        var ratios = (Red: new List<double>(), Blue: new List<double>());
        foreach (var star in field.Stars.Where(star => !star.Saturated).Take(MostStars))
        {
            if (Light(info, read, rows, star, reach) is not [> 0 and var red, > 0 and var green, > 0 and var blue])
                continue;
            ratios.Red.Add(green / red);
            ratios.Blue.Add(green / blue);
        }
        return ratios.Red.Count < FewestStars ? null : [Median(ratios.Red), 1, Median(ratios.Blue)];
    }

    /// <summary>One a channel; null for a star at the edge, or one that is too bright.</summary>
    private static double[]? Light(FrameInfo info, RowSource read, PixelBuffer buffer, Star star, int reach)
    {
        var (x, y) = ((int)Math.Round(star.X), (int)Math.Round(star.Y));
        if (x < reach || y < reach || x >= info.Width - reach || y >= info.Height - reach)
            return null;
        var light = new double[info.Channels];
        var rows = buffer.Slice(0, ((2 * reach) + 1) * info.Width);
        for (var channel = 0; channel < info.Channels; channel++)
        {
            read(channel, y - reach, rows);
            if (Light(rows, info.Width, star.X, star.Y - (y - reach), x, reach) is not { } sum)
                return null;
            light[channel] = sum;
        }
        return light;
    }

    private static double? Light(ReadOnlySpan<float> rows, int width, double starX, double starY, int x, int reach)
    {
        var aperture = reach - Gap - Ring;
        var sky = new List<float>();
        var (sum, count) = (0.0, 0);
        for (var row = 0; row <= 2 * reach; row++)
        {
            for (var column = x - reach; column <= x + reach; column++)
            {
                var value = rows[(row * width) + column];
                var distance = Math.Sqrt(((column - starX) * (column - starX)) + ((row - starY) * (row - starY)));
                if (!float.IsFinite(value) || (distance <= aperture && value > Clipped))
                    return null;
                if (distance <= aperture)
                    (sum, count) = (sum + value, count + 1);
                else if (distance > aperture + Gap)
                    sky.Add(value);
            }
        }
        sky.Sort();
        return sum - (count * ClippedStatistics.Median(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sky)));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
