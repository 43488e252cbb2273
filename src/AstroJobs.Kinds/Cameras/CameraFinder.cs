using System.Net;
using System.Net.Sockets;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras.Gphoto2;
using AstroJobs.Kinds.Cameras.Indi;
using AstroJobs.Kinds.Cameras.Simulated;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras;

/// <summary>Looks for cameras and asks each what it offers.</summary>
/// <param name="holderOf">The job that uses a camera of this name now; such a one is not asked: two programs at once wedge a camera.</param>
public sealed class CameraFinder(string scratchFolder, ILogger log, TimeProvider time, Func<string, JobId?> holderOf)
{
    private readonly CameraSurroundings _around = new(scratchFolder, log, time);

    /// <param name="only">Only this one, also where it is not found by itself; null for all.</param>
    public async Task<IReadOnlyList<FoundCamera>> FindAsync(string? only, CancellationToken cancellation)
    {
        if (only is not null)
            return [await AskAsync(only, null, cancellation).ConfigureAwait(false)];
        var found = new List<FoundCamera>();
        foreach (var (name, model) in await DetectAsync(cancellation).ConfigureAwait(false))
            found.Add(await AskAsync(name, model, cancellation).ConfigureAwait(false));
        found.Add(await AskAsync(SimulatedCamera.Name, null, cancellation).ConfigureAwait(false));
        return found;
    }

    /// <summary>Names and models of the real cameras that are found without being named.</summary>
    internal async Task<IReadOnlyList<(string Name, string Model)>> DetectAsync(CancellationToken cancellation) =>
        [.. await DetectGphoto2Async(cancellation).ConfigureAwait(false), .. await DetectIndiAsync(cancellation).ConfigureAwait(false)];

    /// <summary>An INDI server on this machine; its camera is named where it has only one.</summary>
    private static async Task<IReadOnlyList<(string Name, string Model)>> DetectIndiAsync(CancellationToken cancellation)
    {
        using var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(IPAddress.Loopback, IndiCamera.UsualPort, cancellation).ConfigureAwait(false);
            return [(IndiCamera.Name, "the camera of the INDI server on this machine")];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<(string Name, string Model)>> DetectGphoto2Async(CancellationToken cancellation)
    {
        try
        {
            var attached = await new Gphoto2Program(null, _around).DetectAsync(cancellation).ConfigureAwait(false);
            return [.. attached.Select(static camera => ($"{Gphoto2Camera.Name}:{camera.Port}", camera.Model))];
        }
        catch (JobException missing) when (missing.Code == ErrorCode.ToolMissing)
        {
            return []; // no gphoto2: then no camera hangs on it
        }
    }

    private async Task<FoundCamera> AskAsync(string name, string? model, CancellationToken cancellation)
    {
        var camera = CameraName.Parse(name);
        if (holderOf(name) is { } holder)
            return new FoundCamera(name, model, null, holder, null);
        try
        {
            await using var opened = CameraDrivers.Open(camera, new SimulatedCameraSettings(), _around);
            return new FoundCamera(name, model, await opened.DescribeAsync(cancellation).ConfigureAwait(false), null, null);
        }
        catch (JobException failed)
        {
            return new FoundCamera(name, model, null, null, failed.ToError());
        }
    }
}
