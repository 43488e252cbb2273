namespace AstroJobs.Imaging.Registration;

/// <summary>Weights of the other kernels in the form of <see cref="LanczosTable"/>: eight taps, the outer ones 0 where a kernel is narrower.</summary>
internal static class KernelTable
{
    private static readonly Lazy<float[]> Lanczos3 = new(() => Make(Lanczos));
    private static readonly Lazy<float[]> Bicubic = new(() => Make(Cubic));

    /// <summary>Pinned: kernels hold its address. For those kernels that weigh taps.</summary>
    public static ReadOnlySpan<float> Of(ResamplingKernel kernel) => kernel switch
    {
        ResamplingKernel.Lanczos3 => Lanczos3.Value,
        ResamplingKernel.Bicubic => Bicubic.Value,
        _ => LanczosTable.Weights,
    };

    private static float[] Make(Func<double, double> weigh)
    {
        var table = GC.AllocateArray<float>((LanczosTable.Phases + 1) * LanczosTable.Taps, pinned: true);
        for (var phase = 0; phase <= LanczosTable.Phases; phase++)
        {
            var weights = Enumerable.Range(0, LanczosTable.Taps).Select(tap => weigh(tap - LanczosTable.Before - ((double)phase / LanczosTable.Phases))).ToArray();
            var sum = weights.Sum();
            for (var tap = 0; tap < LanczosTable.Taps; tap++)
                table[(phase * LanczosTable.Taps) + tap] = (float)(weights[tap] / sum);
        }
        return table;
    }

    private static double Lanczos(double x) => Math.Abs(x) >= 3 ? 0 : Sinc(x) * Sinc(x / 3);

    /// <summary>Keys (1981) with a = −½.</summary>
    private static double Cubic(double x) => Math.Abs(x) switch
    {
        <= 1 and var t => (((1.5 * t) - 2.5) * t * t) + 1,
        < 2 and var t => (((((-0.5 * t) + 2.5) * t) - 4) * t) + 2,
        _ => 0,
    };

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
