using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras.Gphoto2;
using AstroJobs.Kinds.Cameras.Indi;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Shooting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Kinds.Cameras;

/// <summary>The cameras that <c>--camera</c> names.</summary>
public static class CameraDrivers
{
    /// <summary>Whichever camera is attached.</summary>
    public const string Auto = "auto";

    /// <summary>The name of the only camera that is attached.</summary>
    /// <exception cref="JobException"><c>camera_not_found</c>, or <c>bad_input</c> where there are several.</exception>
    internal static string FindOne()
    {
        var scratch = Directory.CreateTempSubdirectory("astrojobs-auto-").FullName;
        try
        {
            var found = new CameraFinder(scratch, NullLogger.Instance, TimeProvider.System, static _ => null).DetectAsync(CancellationToken.None).GetAwaiter().GetResult();
            return found.Count switch
            {
                1 => found[0].Name,
                0 => throw new JobException(ErrorCode.CameraNotFound, "No camera is attached.", "Is it on, its cable plugged in, its USB mode PTP? One on the network has to be named: --camera gphoto2:ptpip:ADDRESS."),
                _ => throw new JobException(ErrorCode.BadInput, $"There are {found.Count} cameras.", $"Say which one: --camera {string.Join(", or ", found.Select(static camera => $"{camera.Name} ({camera.Model})"))}."),
            };
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>What a job holds while it uses a camera: nobody else does meanwhile.</summary>
    public static string Slot(string camera) => $"camera:{camera}";

    /// <summary>Where a job's camera keeps what it has not finished.</summary>
    internal static string ScratchFolder(JobContext context) => Path.Combine(context.WorkFolder, "camera");

    /// <exception cref="JobException"><c>camera_not_found</c>.</exception>
    public static ICamera Open(ShootingParameters parameters, JobContext context) =>
        Open(CameraName.Parse(parameters.Camera), parameters.Sim, new CameraSurroundings(ScratchFolder(context), context.Log, context.Time) { Margin = parameters.CameraTimeout });

    internal static ICamera Open(CameraName camera, SimulatedCameraSettings simulated, CameraSurroundings around) => camera.Driver switch
    {
        Gphoto2Camera.Name => new Gphoto2Camera(camera.Address, around),
        IndiCamera.Name => new IndiCamera(camera.ToIndi(), around),
        _ => new SimulatedCamera(simulated, around.Time),
    };
}
