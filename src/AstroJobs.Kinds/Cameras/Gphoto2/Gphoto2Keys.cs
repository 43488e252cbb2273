namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>What cameras of different makes call the same setting, the most common name first (camlibs/ptp2/config.c of libgphoto2).</summary>
internal static class Gphoto2Keys
{
    public const string Card = "Memory card";
    public const string Ram = "Internal RAM";

    public static IReadOnlyList<string> Shutter { get; } = ["shutterspeed", "shutterspeed2", "exptime"];

    public static IReadOnlyList<string> ImageFormat { get; } = ["imageformat", "imagequality"];

    public static IReadOnlyList<string> CaptureTarget { get; } = ["capturetarget"];

    /// <summary>Any other key is the camera's own.</summary>
    public static IReadOnlyList<string> For(string key) => key switch
    {
        CameraKeys.Iso => ["iso", "isospeed"],
        CameraKeys.Shutter => Shutter,
        CameraKeys.Aperture => ["aperture", "f-number", "fnumber"],
        CameraKeys.WhiteBalance => ["whitebalance"],
        CameraKeys.ImageFormat => ImageFormat,
        CameraKeys.CaptureTarget => CaptureTarget,
        _ => [key],
    };
}
