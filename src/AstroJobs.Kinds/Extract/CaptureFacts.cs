using System.Text.Json.Serialization;
using AstroJobs.Imaging;

namespace AstroJobs.Kinds.Extract;

/// <summary>How a picture was taken, as its file says; null was not said and is left out of the JSON.</summary>
public sealed record CaptureFacts
{
    [JsonPropertyName("datetime")]
    public DateTimeOffset? Taken { get; init; }

    /// <summary>Seconds.</summary>
    public double? Exposure { get; init; }

    public int? Iso { get; init; }

    public double? Gain { get; init; }

    public double? FNumber { get; init; }

    public double? FocalLengthMm { get; init; }

    [JsonPropertyName("focal_length_35mm")]
    public double? FocalLength35Mm { get; init; }

    public double? PixelSizeUm { get; init; }

    /// <summary>Across and down.</summary>
    public IReadOnlyList<int>? Binning { get; init; }

    public string? CameraMake { get; init; }

    public string? CameraModel { get; init; }

    public string? Lens { get; init; }

    public string? Telescope { get; init; }

    public string? Filter { get; init; }

    public string? Object { get; init; }

    public string? FrameType { get; init; }

    public double? TemperatureC { get; init; }

    public Place? Gps { get; init; }

    /// <summary>The pointing that the file claims, J2000 degrees.</summary>
    public double? RaDeg { get; init; }

    public double? DecDeg { get; init; }

    public int? StackCount { get; init; }

    public string? Software { get; init; }

    public int ImageWidth { get; init; }

    public int ImageHeight { get; init; }

    public static CaptureFacts Of(FrameInfo info) => Of(info.Metadata) with { ImageWidth = info.Width, ImageHeight = info.Height };

    private static CaptureFacts Of(FrameMetadata said) => new()
    {
        Taken = said.DateObs,
        Exposure = said.Exposure?.TotalSeconds,
        Iso = said.Iso,
        Gain = said.Gain,
        FNumber = said.FNumber,
        FocalLengthMm = said.FocalLengthMm,
        FocalLength35Mm = said.FocalLength35Mm,
        PixelSizeUm = said.PixelSizeUm,
        Binning = said.Binning is { } binning ? [binning.X, binning.Y] : null,
        CameraMake = said.CameraMaker,
        CameraModel = said.CameraModel ?? said.Camera,
        Lens = said.Lens,
        Telescope = said.Lens is null ? said.Telescope : null,
        Filter = said.Filter,
        Object = said.Object,
        FrameType = said.FrameType,
        TemperatureC = said.SensorTemperatureC,
        Gps = said.Site is { } site ? new Place(site.LatitudeDeg, site.LongitudeDeg, site.AltitudeM) : null,
        RaDeg = said.RaDeg,
        DecDeg = said.DecDeg,
        StackCount = said.StackCount,
        Software = said.Software,
    };

    /// <summary>Degrees, north and east positive; metres above the sea.</summary>
    public sealed record Place(double Lat, double Lon, double? Alt);
}
