namespace AstroJobs.Imaging.Calibration;

/// <summary>A master that was used.</summary>
/// <param name="Files">How many frames it was made of; 1 for a master that was given.</param>
/// <param name="First">Path of the first of them.</param>
/// <param name="IsCached">An earlier stack had made it.</param>
public sealed record MasterReport(MasterKind Kind, int Files, string First, bool IsCached, TimeSpan? Exposure, double? Gain, int? Iso, double? SensorTemperatureC)
{
    /// <summary>Of its samples, whole range 0 … 1; of a flat, once its offset is off, 1.</summary>
    public double Level { get; init; }

    /// <summary>Standard deviation from pixel to neighbouring pixel, in the same unit: what is left of the frames' noise, and the sensor's own pattern.</summary>
    public double Noise { get; init; }
}
