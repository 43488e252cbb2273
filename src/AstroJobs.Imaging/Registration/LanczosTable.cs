namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Lanczos-4 weights, L(x) = sinc(x)·sinc(x/4) for |x| &lt; 4, for taps −3 … 4 around a position, tabled by its fraction. Each set is
/// scaled to sum 1, so a flat sky stays flat. Four lobes rather than three: the noise of an interpolated frame falls to 0.92 of its
/// own (3 lobes: 0.89), so that stacks keep what white noise promises, and eight taps are one vector.
/// </summary>
internal static class LanczosTable
{
    public const int Taps = 8;

    /// <summary>Taps to the left of, or above, the whole part of the position.</summary>
    public const int Before = 3;

    public const int After = Taps - 1 - Before;

    public const int Phases = 512; // the position is right to a thousandth of a pixel

    /// <summary>Weights of phase 0, phase 1 … phase <see cref="Phases"/>, <see cref="Taps"/> each.</summary>
    public static ReadOnlySpan<float> Weights => Table;

    private static readonly float[] Table = Make();

    private static float[] Make()
    {
        var table = GC.AllocateArray<float>((Phases + 1) * Taps, pinned: true); // pinned: kernels hold its address
        Span<double> weights = stackalloc double[Taps];
        for (var phase = 0; phase <= Phases; phase++)
        {
            var sum = 0.0;
            for (var tap = 0; tap < Taps; tap++)
                sum += weights[tap] = Lanczos(tap - Before - ((double)phase / Phases));
            for (var tap = 0; tap < Taps; tap++)
                table[(phase * Taps) + tap] = (float)(weights[tap] / sum);
        }
        return table;
    }

    /// <summary>L as a formula, which goes on beyond its four lobes.</summary>
    internal static double Curve(double x) => Sinc(x) * Sinc(x / 4);

    private static double Lanczos(double x) => Math.Abs(x) >= 4 ? 0 : Curve(x);

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
