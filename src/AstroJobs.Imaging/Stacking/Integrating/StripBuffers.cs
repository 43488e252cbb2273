namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>A finished strip of the result and, on request, of its rejection maps: channel by channel, whole rows. One worker's own.</summary>
internal sealed class StripBuffers(StripPlan plan) : IDisposable
{
    public PixelBuffer Result { get; } = new(plan.StripSamples);

    /// <summary>Frames rejected below, a count; null when no maps are wanted.</summary>
    public PixelBuffer? Low { get; } = plan.HasMaps ? new PixelBuffer(plan.StripSamples) : null;

    /// <summary>Frames rejected above.</summary>
    public PixelBuffer? High { get; } = plan.HasMaps ? new PixelBuffer(plan.StripSamples) : null;

    /// <summary>Frames that show each pixel, a count; null when it is not wanted.</summary>
    public PixelBuffer? Coverage { get; } = plan.HasCoverage ? new PixelBuffer((long)plan.Rows * plan.Width) : null;

    /// <summary>How many frames' light each sample got; null when nothing is drizzled.</summary>
    public PixelBuffer? Weights { get; } = plan.Drizzle is null ? null : new PixelBuffer(plan.StripSamples);

    public void Dispose()
    {
        Result.Dispose();
        Low?.Dispose();
        High?.Dispose();
        Coverage?.Dispose();
        Weights?.Dispose();
    }
}
