using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stars;

/// <summary>
/// Finds the stars of a frame: sky off by a mesh, peaks of the smoothed plane above the noise, then a shape for each.
/// What is too sharp (hot pixels, cosmic rays), too thin (trails) or much wider than its fellows (nebulae) is no star.
/// </summary>
public static class StarFinder
{
    /// <summary>At most so many stars are kept, the brightest.</summary>
    public const int MostStars = 2000;

    private const int CoarsestOfFew = 8; // in pixels so coarse a few peaks are as likely heaps of hot ones
    private const int FewCoarse = 8;
    private const int EnoughStars = 20; // fewer, and joined pixels may show more
    private const float Threshold = 5;
    private const double SmallestSignalToNoise = 7;
    private const double FwhmPerSigma = 2.3548; // 2√(2 ln 2)

    // A pixel's own box already gives 1/12; half a pixel of Gaussian blur more and light reaches the neighbours.
    private const double ThinnestVariance = 0.2;

    /// <summary>Reads the picture once, in strips.</summary>
    public static StarField Find(FrameReader reader, CancellationToken cancellation)
    {
        using var plane = DetectionPlane.From(reader.Info, reader.ReadRows);
        return Find(plane, reader.Info.Width, reader.Info.Height, cancellation);
    }

    public static StarField Find(Frame frame)
    {
        using var plane = DetectionPlane.From(frame);
        return Find(plane, frame.Width, frame.Height, CancellationToken.None);
    }

    /// <param name="plane">Its samples lose their sky.</param>
    internal static StarField Find(DetectionPlane plane, int width, int height, CancellationToken cancellation)
    {
        var sky = SubtractSky(plane);
        cancellation.ThrowIfCancellationRequested();
        var stars = FindOn(plane, sky, cancellation);
        var binning = 1;
        // A defocused star spreads its light over many pixels, each below the noise: look again, more coarsely.
        for (var factor = 2; factor <= 8 && stars.Count < EnoughStars && Math.Min(plane.Width, plane.Height) / factor >= 32; factor *= 2)
        {
            using var coarse = plane.Bin(factor);
            var found = FindOn(coarse, SubtractSky(coarse), cancellation);
            if (found.Count > stars.Count && (factor < CoarsestOfFew || found.Count >= FewCoarse))
                (stars, binning) = (found, factor);
        }
        return new StarField(width, height, stars, sky.Level, sky.Sigma, binning);
    }

    private static BackgroundMesh SubtractSky(DetectionPlane plane)
    {
        var samples = plane.Samples;
        var sky = BackgroundMesh.Measure(samples, plane.Width, plane.Height, Math.Max(plane.Quantum, 1e-7f));
        var level = new float[plane.Width];
        for (var y = 0; y < plane.Height; y++)
        {
            sky.LevelRow(y, level);
            Subtract(samples.Slice(y * plane.Width, plane.Width), level);
        }
        return sky;
    }

    private static void Subtract(Span<float> row, ReadOnlySpan<float> level)
    {
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var value = new Vector<float>(row[x..]) - new Vector<float>(level[x..]);
            Vector.ConditionalSelect(Vector.Equals(value, value), value, Vector<float>.Zero).CopyTo(row[x..]); // NaN is no data: no light either
        }
        for (; x < row.Length; x++)
            row[x] = float.IsNaN(row[x]) ? 0 : row[x] - level[x];
    }

    private static List<Star> FindOn(DetectionPlane plane, BackgroundMesh sky, CancellationToken cancellation)
    {
        var samples = plane.Samples;
        var peaks = PeakScan.Find(samples, plane.Width, plane.Height, sky, Threshold);
        cancellation.ThrowIfCancellationRequested();
        var ceiling = Ceiling(samples, plane.Width, peaks);
        var sigma = new float[plane.Width];
        var stars = new List<Star>();
        foreach (var peak in peaks)
        {
            sky.SigmaRow(peak.Y, sigma);
            if (Measure(plane, samples, peak, sigma[peak.X], ceiling) is { } star)
                stars.Add(star);
        }
        stars.Sort((a, b) => b.Flux.CompareTo(a.Flux));
        return Choose(stars);
    }

    private static Star? Measure(DetectionPlane plane, ReadOnlySpan<float> samples, PeakScan.Peak peak, float noise, float ceiling)
    {
        var saturated = samples[(peak.Y * plane.Width) + peak.X] >= ceiling;
        if ((!saturated && IsTooSharp(samples, plane, peak, noise))
            || !StarShape.TryMeasure(samples, plane.Width, plane.Height, peak.X, peak.Y, noise, out var shape)
            || shape.SignalToNoise < SmallestSignalToNoise)
            return null;
        var (major, minor) = (shape.Major - plane.BlurVariance, shape.Minor - plane.BlurVariance);
        var (x, y) = ((int)Math.Round(shape.X), (int)Math.Round(shape.Y));
        if (minor < ThinnestVariance || x < 1 || y < 1 || x >= plane.Width - 1 || y >= plane.Height - 1)
            return null;
        return new Star(
            plane.Offset + (shape.X * plane.Scale),
            plane.Offset + (shape.Y * plane.Scale),
            shape.Flux * plane.Scale * plane.Scale,
            samples[(y * plane.Width) + x],
            FwhmPerSigma * Math.Sqrt(Math.Sqrt(major * minor)) * plane.Scale,
            Math.Sqrt(1 - (minor / major)),
            saturated,
            Math.Sqrt(2 * Math.Sqrt(shape.Major * shape.Minor)) / shape.SignalToNoise * plane.Scale); // √2·σ/SNR, the bound for a Gaussian on flat noise
    }

    /// <summary>A hot pixel lights only itself (in the grey of a mosaic: a block of 2×2); a star lights the ring around as well.</summary>
    private static bool IsTooSharp(ReadOnlySpan<float> samples, DetectionPlane plane, PeakScan.Peak peak, float noise)
    {
        var block = plane.BlurVariance > 0 ? 2 : 1;
        if (peak.X < 2 || peak.Y < 2 || peak.X >= plane.Width - 3 || peak.Y >= plane.Height - 3)
            return false;
        var core = float.MinValue;
        var (left, top) = (0, 0);
        for (var y = peak.Y - block + 1 - (block == 1 ? 1 : 0); y <= peak.Y + (block == 1 ? 1 : 0); y++)
        {
            for (var x = peak.X - block + 1 - (block == 1 ? 1 : 0); x <= peak.X + (block == 1 ? 1 : 0); x++)
            {
                var sum = SumOf(samples, plane.Width, x, y, block);
                if (sum > core)
                    (core, left, top) = (sum, x, y);
            }
        }
        if (left < 1 || top < 1)
            return false;
        var ring = SumOf(samples, plane.Width, left - 1, top - 1, block + 2) - core;
        return ring < (0.3f * core) + noise;
    }

    private static float SumOf(ReadOnlySpan<float> samples, int width, int left, int top, int side)
    {
        var sum = 0f;
        for (var y = top; y < top + side; y++)
        {
            for (var x = left; x < left + side; x++)
                sum += samples[(y * width) + x];
        }
        return sum;
    }

    /// <summary>
    /// Where the sensor or the file clips: the highest peaks of a frame lie level only when something cut them. The sky that was
    /// taken off differs a little from star to star, hence the two per cent. Infinity when nothing is clipped.
    /// </summary>
    private static float Ceiling(ReadOnlySpan<float> samples, int width, List<PeakScan.Peak> peaks)
    {
        var highest = 0f;
        foreach (var peak in peaks)
            highest = Math.Max(highest, samples[(peak.Y * width) + peak.X]);
        var level = 0.98f * highest;
        foreach (var peak in peaks)
        {
            var flat = 0;
            for (var i = 0; i < 9; i++)
            {
                if (samples[((peak.Y - 1 + (i / 3)) * width) + peak.X - 1 + (i % 3)] >= level)
                    flat++;
            }
            if (flat >= 4 && samples[(peak.Y * width) + peak.X] >= level)
                return level;
        }
        return float.PositiveInfinity;
    }

    /// <summary>Leaves out second peaks of one star and what is far wider than the frame's stars.</summary>
    private static List<Star> Choose(List<Star> stars)
    {
        var chosen = new List<Star>();
        if (stars.Count == 0)
            return chosen;
        var places = new List<Place>(MostStars);
        var widths = stars.Select(star => star.Fwhm).Order().ToArray();
        var widest = 2.5 * widths[widths.Length / 2];
        foreach (var star in stars)
        {
            if (chosen.Count >= MostStars)
                break;
            if (!star.Saturated && star.Fwhm > widest)
                continue;
            if (IsWithin(CollectionsMarshal.AsSpan(places), star))
                continue;
            chosen.Add(star);
            places.Add(new Place(star.X, star.Y, Math.Max(2, 0.75 * star.Fwhm)));
        }
        return chosen;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsWithin(ReadOnlySpan<Place> places, in Star star)
    {
        var (x, y) = (star.X, star.Y);
        foreach (ref readonly var other in places)
        {
            if (Math.Abs(other.X - x) < other.Reach && Math.Abs(other.Y - y) < other.Reach)
                return true;
        }
        return false;
    }

    /// <summary>Where a star is, and how far around it no other is taken for one.</summary>
    private readonly record struct Place(double X, double Y, double Reach);
}
