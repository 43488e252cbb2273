namespace AstroJobs.Imaging;

/// <summary>What a file says about how its picture was taken. A null was not said.</summary>
public sealed record FrameMetadata
{
    public static FrameMetadata None { get; } = new();

    public TimeSpan? Exposure { get; init; }

    /// <summary>UTC start of the exposure.</summary>
    public DateTimeOffset? DateObs { get; init; }

    /// <summary>UTC end of the last exposure of a stack.</summary>
    public DateTimeOffset? DateEnd { get; init; }

    /// <summary>Camera gain as its driver counts it (FITS GAIN); DSLRs say <see cref="Iso"/>.</summary>
    public double? Gain { get; init; }

    public int? Iso { get; init; }

    public double? FocalLengthMm { get; init; }

    public double? FNumber { get; init; }

    /// <summary>Pitch of one pixel in micrometres, binning included.</summary>
    public double? PixelSizeUm { get; init; }

    public double? SensorTemperatureC { get; init; }

    public BayerPattern? Bayer { get; init; }

    public string? Camera { get; init; }

    public string? Telescope { get; init; }

    public string? Filter { get; init; }

    /// <summary>The target (FITS OBJECT).</summary>
    public string? Object { get; init; }

    /// <summary>light, dark, flat or bias (FITS IMAGETYP), lower case.</summary>
    public string? FrameType { get; init; }

    /// <summary>Pointing, J2000 degrees.</summary>
    public double? RaDeg { get; init; }

    public double? DecDeg { get; init; }

    /// <summary>How many sub-exposures were stacked into this picture (FITS STACKCNT); null for a single frame.</summary>
    public int? StackCount { get; init; }

    /// <summary>The program that wrote the file (FITS SWCREATE, EXIF Software).</summary>
    public string? Software { get; init; }

    /// <summary>What was done to the pixels, one line a step (FITS HISTORY).</summary>
    public IReadOnlyList<string> History { get; init; } = [];
}
