namespace AstroJobs.Imaging.Calibration;

/// <summary>What the numbers of the lights are put right with. One file of a kind is a master; several are made one.</summary>
public sealed record CalibrationRequest
{
    public IReadOnlyList<string> Bias { get; init; } = [];

    public IReadOnlyList<string> Dark { get; init; } = [];

    public IReadOnlyList<string> Flat { get; init; } = [];

    public IReadOnlyList<string> DarkFlat { get; init; } = [];

    /// <summary>One number for all pixels in place of bias frames, as the files count: 0 … 255 or 0 … 65535; of float files 0 … 1.</summary>
    public double? BiasLevel { get; init; }

    /// <summary>Scale the dark to what leaves each light the least noise, rather than by exposure.</summary>
    public bool OptimizeDark { get; init; }

    public CosmeticCorrection Cosmetic { get; init; } = CosmeticCorrection.Auto;

    /// <summary>Where masters are kept for the next stack.</summary>
    public required string CacheFolder { get; init; }
}
