using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Chains;

namespace AstroJobs.Kinds.Burst;

/// <summary>A series of frames to take.</summary>
public sealed record BurstParameters
{
    /// <summary>Which camera: one of <see cref="CameraDrivers.Names"/>. Default sim.</summary>
    public string Camera { get; init; } = SimulatedCamera.Name;

    /// <summary>How many frames, 1 … 100000. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>From the start of one frame to the start of the next, 0 … a day; a frame that is not over then lets that start pass. Default 0: one after the other.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>0 … an hour. Default 5 s.</summary>
    public TimeSpan Exposure { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The camera's sensitivity; null leaves it as it is (400 on the simulated camera, which knows 100 … 25600).</summary>
    public int? Iso { get; init; }

    /// <summary>fits, tif, png or jpg. Default fits.</summary>
    public string Format { get; init; } = "fits";

    /// <summary>What file names begin with: <c>frame</c> gives frame-0001.fits. Letters, digits, dot, dash and underscore, at most 64.</summary>
    public string Prefix { get; init; } = "frame";

    /// <summary>light, dark, flat or bias. Default light.</summary>
    public FrameType Type { get; init; } = FrameType.Light;

    /// <summary>What is made of the frames when the burst is over.</summary>
    public IReadOnlyList<Follower> Then { get; init => field = value ?? []; } = [];

    /// <summary>What the simulated camera sees; other cameras leave it alone.</summary>
    public SimulatedCameraSettings Sim { get; init; } = new();
}
