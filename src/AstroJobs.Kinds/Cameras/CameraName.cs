using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras.Gphoto2;
using AstroJobs.Kinds.Cameras.Indi;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Cameras;

/// <summary>What <c>--camera</c> takes: sim, gphoto2[:PORT], indi[:HOST[:PORT[:DEVICE]]].</summary>
internal sealed record CameraName(string Driver, string? Address)
{
    private static readonly string[] Drivers = [SimulatedCamera.Name, Gphoto2Camera.Name, IndiCamera.Name];

    /// <summary>A camera whose exposure time nobody says.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <summary>How long a frame is exposed that does not say; null for a camera that is set on its own body.</summary>
    public TimeSpan? UsualExposure => Driver == Gphoto2Camera.Name ? null : Usual;

    /// <exception cref="JobException"><c>camera_not_found</c>.</exception>
    public static CameraName Parse(string text)
    {
        var parts = text.Split(':', 2);
        var address = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : null;
        if (!Drivers.Contains(parts[0]) || (address is not null && parts[0] == SimulatedCamera.Name))
            throw new JobException(ErrorCode.CameraNotFound, $"There is no camera '{text}'.", "Known cameras: sim, gphoto2[:PORT] (gphoto2:usb:001,004), indi[:HOST[:PORT[:DEVICE]]], auto.");
        var name = new CameraName(parts[0], address);
        if (name.Driver == IndiCamera.Name)
            name.ToIndi();
        return name;
    }

    /// <summary>Host, port and device of an INDI camera; the device is null where the server's only one is meant.</summary>
    public (string Host, int Port, string? Device) ToIndi()
    {
        var parts = (Address ?? "").Split(':', 3);
        var host = parts[0].Length > 0 ? parts[0] : "localhost";
        if (parts.Length < 2 || parts[1].Length == 0)
            return (host, IndiCamera.UsualPort, parts.Length > 2 ? parts[2] : null);
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (host, port, parts.Length > 2 && parts[2].Length > 0 ? parts[2] : null)
            : throw new JobException(ErrorCode.BadInput, $"'{parts[1]}' is not the port of an INDI server.", "Write indi:HOST:PORT:DEVICE, for example indi:localhost:7624:CCD Simulator.");
    }

    /// <summary>Refuses what this sort of camera never has.</summary>
    public void CheckOffers(ShootingParameters parameters)
    {
        string[] known = Driver switch
        {
            SimulatedCamera.Name => [CameraKeys.Iso],
            Gphoto2Camera.Name => [CameraKeys.Iso, CameraKeys.Shutter, CameraKeys.Aperture, CameraKeys.WhiteBalance, CameraKeys.ImageFormat, CameraKeys.CaptureTarget, .. parameters.Set.Keys],
            _ => [CameraKeys.Iso, CameraKeys.Gain, CameraKeys.Offset, CameraKeys.Binning, CameraKeys.Temperature, .. parameters.Set.Keys],
        };
        foreach (var key in parameters.Settings().Keys)
            if (!known.Contains(key))
                throw new JobException(ErrorCode.BadInput, $"The camera {Driver} has no setting '{key}'.", $"It has: {string.Join(", ", known)}.");
        if (parameters.Bulb is not null && Driver != Gphoto2Camera.Name)
            throw new JobException(ErrorCode.BadInput, $"The camera {Driver} has no bulb exposures.", "Say --exposure, for any length.");
    }
}
