using AstroJobs.Imaging.Formats;

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

    /// <summary>The focal length that gives the same field on 24×36 mm film (EXIF).</summary>
    public double? FocalLength35Mm { get; init; }

    /// <summary>Pitch of one pixel in micrometres, binning included.</summary>
    public double? PixelSizeUm { get; init; }

    public double? SensorTemperatureC { get; init; }

    public BayerPattern? Bayer { get; init; }

    public string? Camera { get; init; }

    /// <summary>The maker and the model as EXIF has them apart; <see cref="Camera"/> names both.</summary>
    public string? CameraMaker { get; init; }

    public string? CameraModel { get; init; }

    /// <summary>Telescope or lens.</summary>
    public string? Telescope { get; init; }

    /// <summary>The lens as EXIF names it; FITS knows telescopes only.</summary>
    public string? Lens { get; init; }

    public string? Filter { get; init; }

    /// <summary>The target (FITS OBJECT).</summary>
    public string? Object { get; init; }

    /// <summary>light, dark, flat or bias (FITS IMAGETYP), lower case.</summary>
    public string? FrameType { get; init; }

    /// <summary>Sensor pixels a picture pixel, across and down (FITS XBINNING, YBINNING).</summary>
    public (int X, int Y)? Binning { get; init; }

    /// <summary>Where it was taken (EXIF GPS, FITS SITELAT and its like).</summary>
    public GeoPosition? Site { get; init; }

    /// <summary>Pointing, J2000 degrees.</summary>
    public double? RaDeg { get; init; }

    public double? DecDeg { get; init; }

    /// <summary>Where the picture lies on the sky, where its FITS header says so.</summary>
    public SkyPlane? Sky { get; init; }

    /// <summary>The part of the sensor that saw light (FITS TRIMSEC, DATASEC), of a picture that still has its overscan.</summary>
    public FrameArea? Lit { get; init; }

    /// <summary>Columns or rows of the sensor that saw none (FITS BIASSEC).</summary>
    public FrameArea? Overscan { get; init; }

    /// <summary>In words what was left out of the picture when it was opened; null for nothing.</summary>
    internal string? Trimmed { get; init; }

    /// <summary>The level of its overscan was taken off when it was opened.</summary>
    internal bool IsOverscanTakenOff { get; init; }

    /// <summary>The projection of a FITS header that says where the picture lies in a way that <see cref="Sky"/> does not hold; null for none.</summary>
    public string? UnreadSky { get; init; }

    /// <summary>How many more pictures the file holds, each with a name of its own, that were not read (FITS extensions).</summary>
    public int UnreadPictures { get; init; }

    /// <summary>How many sub-exposures were stacked into this picture (FITS STACKCNT); null for a single frame.</summary>
    public int? StackCount { get; init; }

    /// <summary>The program that wrote the file (FITS SWCREATE, EXIF Software).</summary>
    public string? Software { get; init; }

    /// <summary>Further FITS keywords, written to FITS files as they stand. What is read is not gathered here.</summary>
    public IReadOnlyList<FitsKeyword> Keywords { get; init; } = [];

    /// <summary>What was done to the pixels, one line a step (FITS HISTORY).</summary>
    public IReadOnlyList<string> History { get; init; } = [];
}
