using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Cameras;

/// <summary>The cameras that <c>--camera</c> names.</summary>
public static class CameraDrivers
{
    public static IReadOnlyList<string> Names { get; } = [SimulatedCamera.Name];

    /// <summary>What a job holds while it uses a camera: nobody else does meanwhile.</summary>
    public static string Slot(string camera) => $"camera:{camera}";

    /// <exception cref="JobException"><c>camera_not_found</c>.</exception>
    public static void Check(string camera)
    {
        if (!Names.Contains(camera))
            throw new JobException(ErrorCode.CameraNotFound, $"There is no camera '{camera}'.", $"Known cameras: {string.Join(", ", Names)}.");
    }

    public static ICamera Open(string camera, SimulatedCameraSettings simulated, TimeProvider time)
    {
        Check(camera);
        return new SimulatedCamera(simulated, time);
    }
}
