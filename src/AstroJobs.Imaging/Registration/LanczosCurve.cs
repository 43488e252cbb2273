using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// The weights of <see cref="LanczosTable"/> as polynomials of the fraction, for lanes that each have their own. With s = fraction − ½ the weights of
/// taps k and 7 − k are e(s²) ± s·o(s²): eight cubics for eight taps, right to 5·10⁻⁵. They interpolate weights of sum 1, so their own sum is 1.
/// </summary>
internal static class LanczosCurve
{
    public const int Pairs = LanczosTable.Taps / 2;

    private const int Terms = 4;
    private const double Reach = 0.6; // of s: a block's outer lanes may lie a little beyond the pixel of its middle

    private static readonly float[] Table = Make();

    /// <summary>For each pair the terms of e from the constant on, then those of o.</summary>
    public static ReadOnlySpan<float> Coefficients => Table;

    /// <summary>The weights of taps k and 7 − k.</summary>
    /// <param name="offset">Fraction − ½.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> Near, Vector<float> Far) Weights(ref float coefficients, int pair, Vector<float> offset)
    {
        ref var terms = ref Unsafe.Add(ref coefficients, 2 * Terms * pair);
        var square = offset * offset;
        var (alike, apart) = (Cubic(ref terms, square), Cubic(ref Unsafe.Add(ref terms, Terms), square) * offset);
        return (alike + apart, alike - apart);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Cubic(ref float terms, Vector<float> square)
    {
        var sum = Vector.MultiplyAddEstimate(new Vector<float>(Unsafe.Add(ref terms, 3)), square, new Vector<float>(Unsafe.Add(ref terms, 2)));
        sum = Vector.MultiplyAddEstimate(sum, square, new Vector<float>(Unsafe.Add(ref terms, 1)));
        return Vector.MultiplyAddEstimate(sum, square, new Vector<float>(terms));
    }

    private static float[] Make()
    {
        var table = new float[2 * Terms * Pairs];
        var nodes = Enumerable.Range(0, Terms).Select(i => Reach * Reach * 0.5 * (1 - Math.Cos(Math.PI * (i + 0.5) / Terms))).ToArray(); // Chebyshev's, of s²
        for (var part = 0; part < 2 * Pairs; part++)
        {
            var values = nodes.Select(square => Part(part / 2, Math.Sqrt(square), even: part % 2 == 0)).ToArray();
            Interpolate(nodes, values, table.AsSpan(part * Terms, Terms));
        }
        return table;
    }

    private static double Part(int pair, double s, bool even)
    {
        var (near, far) = (Weight(pair, s), Weight(pair, -s));
        return even ? (near + far) / 2 : (near - far) / (2 * s);
    }

    private static double Weight(int tap, double s)
    {
        var sum = Enumerable.Range(0, LanczosTable.Taps).Sum(other => LanczosTable.Curve(other - LanczosTable.Before - 0.5 - s));
        return LanczosTable.Curve(tap - LanczosTable.Before - 0.5 - s) / sum;
    }

    /// <summary>Newton's divided differences, multiplied out.</summary>
    private static void Interpolate(double[] nodes, double[] values, Span<float> terms)
    {
        for (var order = 1; order < nodes.Length; order++)
        {
            for (var i = nodes.Length - 1; i >= order; i--)
                values[i] = (values[i] - values[i - 1]) / (nodes[i] - nodes[i - order]);
        }
        var result = new double[nodes.Length];
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            for (var power = nodes.Length - 1; power > 0; power--)
                result[power] = result[power - 1] - (nodes[i] * result[power]);
            result[0] = values[i] - (nodes[i] * result[0]);
        }
        for (var power = 0; power < terms.Length; power++)
            terms[power] = (float)result[power];
    }
}
