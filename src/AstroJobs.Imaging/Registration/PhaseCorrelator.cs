namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Finds how far a picture is shifted against a reference by the phases of their Fourier transforms (Kuglin and Hines 1975): the cross power
/// C(u, v) of both, brought to C·|C|/(|C|² + 25n²), has its transform's peak at the shift: all frequencies that stand out of the noise n of the finest
/// detail count about the same, and those that do not hardly. Then, on C as it is, the peak is climbed to a part of a pixel on the transform itself, not on its pixels
/// (Guizar-Sicairos, Thurman and Fienup 2008).
/// </summary>
internal sealed class PhaseCorrelator
{
    private const double LowPass = 0.25; // cycles a pixel, one sigma: sampling bends what is finer
    private const double NoiseOnly = 0.4; // cycles a pixel: optics leave nothing there
    private const double NoiseMargin = 5; // what stands out of the noise by less is mostly noise, and there is much of it
    private const double WindowCycles = 4; // a picture: what changes more slowly is as much the window as the picture
    private const double FinestStep = 0.002; // pixels

    private readonly FourierTransform _transform;
    private readonly int _width;
    private readonly int _height;
    private readonly double[] _real;
    private readonly double[] _imaginary;
    private readonly double _energy;
    private readonly double[] _overlapAcross;
    private readonly double[] _overlapDown;

    /// <param name="picture">The reference, row-major.</param>
    public PhaseCorrelator(ReadOnlySpan<float> picture, int width, int height)
    {
        (_width, _height) = (width, height);
        _transform = new FourierTransform((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(width, height)));
        (_real, _imaginary, _energy) = Transformed(picture);
        (_overlapAcross, _overlapDown) = (Overlap(width, _transform.Size), Overlap(height, _transform.Size));
    }

    /// <param name="picture">Of the reference's size. Safe to call from several threads.</param>
    public Correlation Find(ReadOnlySpan<float> picture)
    {
        var (real, imaginary, energy) = Transformed(picture);
        Cross(real, imaginary);
        var (plainReal, plainImaginary) = ((double[])real.Clone(), (double[])imaginary.Clone());
        var (surface, unused) = ((double[])real.Clone(), (double[])imaginary.Clone());
        Weigh(surface, unused, isWhite: true);
        Weigh(real, imaginary, isWhite: false);
        _transform.Run(surface, unused, inverse: true);
        var peak = PeakOf(surface);
        var (x, y) = Climb(real, imaginary, Signed(peak % _transform.Size), Signed(peak / _transform.Size));
        var like = At(plainReal, plainImaginary, [x], [y])[0] / _transform.Size / _transform.Size / Math.Sqrt(_energy * energy);
        return new Correlation(x, y, double.IsFinite(like) ? like : 0, SignificanceOf(surface, peak));
    }

    /// <summary>Without its mean, faded to nothing at its edges by Hann's window, transformed.</summary>
    private (double[] Real, double[] Imaginary, double Energy) Transformed(ReadOnlySpan<float> picture)
    {
        var size = _transform.Size;
        var (real, imaginary) = (new double[size * size], new double[size * size]);
        var (sum, known) = (0.0, 0);
        foreach (var sample in picture)
            (sum, known) = float.IsFinite(sample) ? (sum + sample, known + 1) : (sum, known);
        var mean = known > 0 ? sum / known : 0;
        var energy = 0.0;
        for (var y = 0; y < _height; y++)
        {
            var wy = Hann(y, _height);
            for (var x = 0; x < _width; x++)
            {
                var sample = picture[(y * _width) + x];
                var value = float.IsFinite(sample) ? (sample - mean) * wy * Hann(x, _width) : 0;
                real[(y * size) + x] = value;
                energy += value * value;
            }
        }
        _transform.Run(real, imaginary, inverse: false);
        return (real, imaginary, energy);
    }

    private static double Hann(int i, int count) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / count));

    /// <summary>The picture's transform times the reference's conjugate.</summary>
    private void Cross(double[] real, double[] imaginary)
    {
        for (var i = 0; i < real.Length; i++)
        {
            var (re, im) = (real[i], imaginary[i]);
            real[i] = (re * _real[i]) + (im * _imaginary[i]);
            imaginary[i] = (im * _real[i]) - (re * _imaginary[i]);
        }
    }

    /// <param name="isWhite">All that stands out of the noise counts the same: one sharp peak; else by its signal to noise squared, as the likeliest shift wants it.</param>
    private void Weigh(double[] real, double[] imaginary, bool isWhite)
    {
        var size = _transform.Size;
        var (noise, counted) = (0.0, 0);
        for (var i = 0; i < real.Length; i++)
        {
            if (FrequencyOf(i, size) > NoiseOnly)
                (noise, counted) = (noise + Math.Sqrt((real[i] * real[i]) + (imaginary[i] * imaginary[i])), counted + 1);
        }
        noise = Math.Max(noise / counted, double.Epsilon);
        for (var i = 0; i < real.Length; i++)
        {
            var frequency = FrequencyOf(i, size);
            var strength = Math.Sqrt((real[i] * real[i]) + (imaginary[i] * imaginary[i]));
            var weight = Math.Exp(-0.5 * frequency * frequency / (LowPass * LowPass)) * (isWhite
                ? strength / ((strength * strength) + (NoiseMargin * NoiseMargin * noise * noise))
                : frequency * size < WindowCycles ? 0 : strength / (strength + (noise / 2)));
            real[i] *= weight;
            imaginary[i] *= weight;
        }
    }

    private double FrequencyOf(int index, int size)
    {
        var (u, v) = (Signed(index % size) / (double)size, Signed(index / size) / (double)size);
        return Math.Sqrt((u * u) + (v * v));
    }

    private int Signed(int i) => i < _transform.Size / 2 ? i : i - _transform.Size;

    private static int PeakOf(double[] surface)
    {
        var peak = 0;
        for (var i = 1; i < surface.Length; i++)
        {
            if (surface[i] > surface[peak])
                peak = i;
        }
        return peak;
    }

    /// <summary>In deviations of what noise makes at the peak's own place: the less, the less of the faded pictures lies there on each other.</summary>
    private double SignificanceOf(double[] surface, int peak)
    {
        var size = _transform.Size;
        double squares = 0;
        foreach (var value in surface)
            squares += value * value;
        var share = _overlapAcross[peak % size] * _overlapDown[peak / size] / (_overlapAcross.Sum() * _overlapDown.Sum());
        var deviation = Math.Sqrt(squares * share);
        return deviation > 0 ? surface[peak] / deviation : 0;
    }

    /// <summary>Σ w²(x) w²(x + d) of the window w for each shift d, round the transform's edge.</summary>
    private static double[] Overlap(int count, int size)
    {
        var squares = new double[size];
        for (var i = 0; i < count; i++)
            squares[i] = Math.Pow(Hann(i, count), 2);
        var overlap = new double[size];
        for (var shift = 0; shift < size; shift++)
        {
            for (var i = 0; i < count; i++)
                overlap[shift] += squares[i] * squares[(i + shift) % size];
        }
        return overlap;
    }

    /// <summary>Of the places around the best so far the best, ever closer ones.</summary>
    private (double X, double Y) Climb(double[] real, double[] imaginary, double x, double y)
    {
        for (var step = 0.25; step >= FinestStep; step /= 3)
        {
            double[] columns = [x - (2 * step), x - step, x, x + step, x + (2 * step)];
            double[] rows = [y - (2 * step), y - step, y, y + step, y + (2 * step)];
            var values = At(real, imaginary, columns, rows);
            var best = PeakOf(values);
            (x, y) = (columns[best % 5], rows[best / 5]);
        }
        return (x, y);
    }

    /// <summary>The real part of the inverse transform at any places: rows × columns, not divided by the number of pixels.</summary>
    private double[] At(double[] real, double[] imaginary, double[] columns, double[] rows)
    {
        var size = _transform.Size;
        var values = new double[rows.Length * columns.Length];
        var cosines = new double[size];
        var sines = new double[size];
        for (var column = 0; column < columns.Length; column++)
        {
            for (var u = 0; u < size; u++)
                (sines[u], cosines[u]) = Math.SinCos(2 * Math.PI * Signed(u) * columns[column] / size);
            for (var v = 0; v < size; v++)
            {
                double re = 0, im = 0;
                var lineRe = real.AsSpan(v * size, size);
                var lineIm = imaginary.AsSpan(v * size, size);
                for (var u = 0; u < size; u++)
                {
                    re += (lineRe[u] * cosines[u]) - (lineIm[u] * sines[u]);
                    im += (lineRe[u] * sines[u]) + (lineIm[u] * cosines[u]);
                }
                for (var row = 0; row < rows.Length; row++)
                {
                    var (sine, cosine) = Math.SinCos(2 * Math.PI * Signed(v) * rows[row] / size);
                    values[(row * columns.Length) + column] += (re * cosine) - (im * sine);
                }
            }
        }
        return values;
    }
}
