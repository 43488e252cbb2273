namespace AstroJobs.Imaging.Registration;

/// <summary>The discrete Fourier transform of square pictures whose side is a power of two, in place, by Cooley and Tukey's halving.</summary>
internal sealed class FourierTransform
{
    private readonly int[] _reversed;
    private readonly double[] _cosines;
    private readonly double[] _sines;

    public FourierTransform(int size)
    {
        Size = size;
        var bits = int.Log2(size);
        _reversed = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, bits).Sum(bit => ((i >> bit) & 1) << (bits - 1 - bit)))];
        _cosines = [.. Enumerable.Range(0, size / 2).Select(i => Math.Cos(2 * Math.PI * i / size))];
        _sines = [.. Enumerable.Range(0, size / 2).Select(i => Math.Sin(2 * Math.PI * i / size))];
    }

    public int Size { get; }

    /// <summary>Σ f(x, y) exp(−2πi(ux + vy)/size); with <paramref name="inverse"/> the other sign, not divided by the number of pixels.</summary>
    public void Run(double[] real, double[] imaginary, bool inverse)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var row = 0; row < Size; row++)
                RunRow(real.AsSpan(row * Size, Size), imaginary.AsSpan(row * Size, Size), inverse ? 1 : -1);
            Transpose(real);
            Transpose(imaginary);
        }
    }

    private void RunRow(Span<double> real, Span<double> imaginary, double sign)
    {
        for (var i = 0; i < Size; i++)
        {
            var j = _reversed[i];
            if (j > i)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }
        for (var half = 1; half < Size; half *= 2)
        {
            var stride = Size / (2 * half);
            for (var start = 0; start < Size; start += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (c, s) = (_cosines[k * stride], sign * _sines[k * stride]);
                    var (i, j) = (start + k, start + k + half);
                    var (re, im) = ((real[j] * c) - (imaginary[j] * s), (real[j] * s) + (imaginary[j] * c));
                    (real[j], imaginary[j]) = (real[i] - re, imaginary[i] - im);
                    (real[i], imaginary[i]) = (real[i] + re, imaginary[i] + im);
                }
            }
        }
    }

    private void Transpose(double[] values)
    {
        for (var y = 0; y < Size; y++)
        {
            for (var x = y + 1; x < Size; x++)
                (values[(y * Size) + x], values[(x * Size) + y]) = (values[(x * Size) + y], values[(y * Size) + x]);
        }
    }
}
