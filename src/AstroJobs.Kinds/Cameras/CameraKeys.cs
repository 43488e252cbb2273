namespace AstroJobs.Kinds.Cameras;

/// <summary>What can be set on cameras of several makes, by one name each.</summary>
public static class CameraKeys
{
    public const string Iso = "iso";
    public const string Shutter = "shutter";
    public const string Aperture = "aperture";
    public const string WhiteBalance = "white-balance";
    public const string ImageFormat = "image-format";
    public const string CaptureTarget = "capture-target";
    public const string Gain = "gain";
    public const string Offset = "offset";
    public const string Binning = "binning";
    public const string Temperature = "temperature";
}
