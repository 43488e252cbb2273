using AstroJobs.Imaging.Rendering.Background;

namespace AstroJobs.Imaging.Rendering;

/// <summary>What is done to a result once all frames are in it, and how it is shown.</summary>
public sealed record FinishRequest
{
    public WhiteBalance WhiteBalance { get; init; } = WhiteBalance.None;

    /// <summary>What is taken off so that the sky becomes even.</summary>
    public BackgroundModel Background { get; init; } = BackgroundModel.None;

    public PreviewStretch Stretch { get; init; } = PreviewStretch.Auto;

    /// <summary>How FITS and TIFF hold a sample: Float32 or UInt16. PNG has 16 bits and JPEG 8 whatever is asked.</summary>
    public SampleFormat Format { get; init; } = SampleFormat.Float32;

    /// <summary>A small copy of the preview; null for none.</summary>
    public string? ThumbnailPath { get; init; }

    /// <summary>Whether the result can be finished only when the last of its rows is known.</summary>
    internal bool NeedsWholePicture => WhiteBalance != WhiteBalance.None || Background != BackgroundModel.None;
}
