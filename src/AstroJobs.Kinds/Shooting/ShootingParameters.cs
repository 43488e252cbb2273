using System.Globalization;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Galleries;

namespace AstroJobs.Kinds.Shooting;

/// <summary>How frames are taken, whatever kind of job takes them.</summary>
public abstract record ShootingParameters
{
    /// <summary>Which camera: sim, gphoto2[:PORT], indi[:HOST[:PORT[:DEVICE]]], or auto, which becomes one of them at submit. Default sim.</summary>
    public string Camera { get; init; } = SimulatedCamera.Name;

    /// <summary>0 … an hour. Null is 5 s on the cameras sim and indi, and for gphoto2 as the camera is set.</summary>
    public TimeSpan? Exposure { get; init; }

    /// <summary>The shutter is held open for so long, by gphoto2; null for the camera's own exposure times.</summary>
    public TimeSpan? Bulb { get; init; }

    /// <summary>The camera's sensitivity; null leaves it as it is (400 on the simulated camera, which knows 100 … 25600).</summary>
    public int? Iso { get; init; }

    /// <summary>An exposure time as the camera writes it: 30, 1/250, 0.5. Null leaves it.</summary>
    public string? Shutter { get; init; }

    /// <summary>A focal ratio: 2.8, f/4. Null leaves it.</summary>
    public string? Aperture { get; init; }

    public string? WhiteBalance { get; init; }

    /// <summary>As the camera calls it: RAW, NEF+Fine. Null leaves it.</summary>
    public string? ImageFormat { get; init; }

    /// <summary>card or ram. Null is the card where the camera has the choice.</summary>
    public string? CaptureTarget { get; init; }

    public double? Gain { get; init; }

    public double? Offset { get; init; }

    /// <summary>Pixels a side that are read as one, 1 … 16.</summary>
    public int? Binning { get; init; }

    /// <summary>The sensor's, °C; the first frame waits for it.</summary>
    public double? Temperature { get; init; }

    /// <summary>More settings by the camera's own names.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>How much longer than its exposure a frame may take before it counts as hung, 1 s … an hour. Default 30 s.</summary>
    public TimeSpan CameraTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>fits, tif, png or jpg, from the simulated camera. Default fits. Other cameras give their own.</summary>
    public string Format { get; init; } = "fits";

    /// <summary>What file names begin with: <c>frame</c> gives frame-0001.fits. Letters, digits, dot, dash and underscore, at most 64.</summary>
    public string Prefix { get; init; } = "frame";

    /// <summary>How files are named: see <see cref="FrameName"/>.</summary>
    public string NameTemplate { get; init; } = FrameName.Default;

    /// <summary>light, dark, flat or bias. Default light.</summary>
    public FrameType Type { get; init; } = FrameType.Light;

    /// <summary>The series ends as <c>disk_full</c> before less than this is free: bytes. Null keeps room for one more frame.</summary>
    public long? StopWhenFreeBelow { get; init; }

    /// <summary>What the frames show (FITS OBJECT).</summary>
    public string? Target { get; init; }

    /// <summary>A gallery into which frames are put too; null for none.</summary>
    public GalleryPlace? Gallery { get; init; }

    /// <summary>What the simulated camera sees; other cameras leave it alone.</summary>
    public SimulatedCameraSettings Sim { get; init; } = new();

    /// <summary>What is to be set before the first frame.</summary>
    internal IReadOnlyDictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(Set);
        void Add(string key, object? value)
        {
            if (value is not null)
                settings[key] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }
        Add(CameraKeys.Iso, Iso);
        Add(CameraKeys.Shutter, Shutter);
        Add(CameraKeys.Aperture, Aperture);
        Add(CameraKeys.WhiteBalance, WhiteBalance);
        Add(CameraKeys.ImageFormat, ImageFormat);
        Add(CameraKeys.CaptureTarget, CaptureTarget);
        Add(CameraKeys.Gain, Gain);
        Add(CameraKeys.Offset, Offset);
        Add(CameraKeys.Binning, Binning);
        Add(CameraKeys.Temperature, Temperature);
        return settings;
    }
}
