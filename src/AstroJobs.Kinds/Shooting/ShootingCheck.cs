using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Galleries;

namespace AstroJobs.Kinds.Shooting;

/// <summary>What can be known to be wrong with <see cref="ShootingParameters"/> before a camera is asked.</summary>
internal static class ShootingCheck
{
    private const int LongestPrefix = 64;
    private const int MostBinning = 16;

    public static TimeSpan LongestExposure { get; } = TimeSpan.FromHours(1);

    /// <returns>The parameters with their defaults filled in.</returns>
    /// <exception cref="JobException"><c>bad_input</c>, or <c>camera_not_found</c>.</exception>
    public static TParameters Complete<TParameters>(TParameters parameters)
        where TParameters : ShootingParameters
    {
        if (parameters.Camera == CameraDrivers.Auto)
            parameters = parameters with { Camera = CameraDrivers.FindOne() };
        var camera = CameraName.Parse(parameters.Camera);
        CheckTimes(parameters);
        if (parameters.Iso is < SimulatedCamera.LowestIso or > SimulatedCamera.HighestIso && camera.Driver == SimulatedCamera.Name)
            throw Wrong($"The ISO cannot be {parameters.Iso}: it goes from {SimulatedCamera.LowestIso} to {SimulatedCamera.HighestIso}.");
        if (parameters.Binning is < 1 or > MostBinning)
            throw Wrong($"The binning cannot be {parameters.Binning}: it goes from 1 to {MostBinning}.");
        if (parameters.StopWhenFreeBelow < 0)
            throw Wrong($"What stays free cannot be less than nothing.");
        if (parameters.CaptureTarget is not (null or "card" or "ram"))
            throw Wrong($"The capture target cannot be '{parameters.CaptureTarget}': it is card or ram.");
        var format = parameters.Format.TrimStart('.').ToLowerInvariant();
        if (!ImageFile.WritableExtensions.Contains($".{format}"))
            throw Wrong($"There is no format '{parameters.Format}': it is one of {string.Join(", ", ImageFile.WritableExtensions.Select(static ending => ending[1..]))}.");
        if (!IsFileName(parameters.Prefix))
            throw Wrong($"File names cannot begin with '{parameters.Prefix}': give 1 to {LongestPrefix} letters, digits, dots, dashes or underscores, and no dot first.");
        FrameName.Parse(parameters.NameTemplate);
        parameters.Sim.Validate();
        camera.CheckOffers(parameters);
        if (parameters.Gallery is { } gallery)
            Gallery.Check(gallery);
        return parameters with { Format = format, Exposure = parameters.Exposure ?? camera.UsualExposure };
    }

    private static void CheckTimes(ShootingParameters parameters)
    {
        if (parameters.Exposure is { } exposure && (exposure < TimeSpan.Zero || exposure > LongestExposure))
            throw Wrong($"The exposure cannot be {exposure.TotalSeconds} s: it goes from 0 to {LongestExposure.TotalSeconds} s.");
        if (parameters.Bulb is { } bulb && (bulb <= TimeSpan.Zero || bulb > LongestExposure))
            throw Wrong($"A bulb exposure cannot be {bulb.TotalSeconds} s: it goes up to {LongestExposure.TotalSeconds} s.");
        if (parameters.CameraTimeout < TimeSpan.FromSeconds(1) || parameters.CameraTimeout > TimeSpan.FromHours(1))
            throw Wrong($"The camera's time-out cannot be {parameters.CameraTimeout.TotalSeconds} s: it goes from 1 to 3600 s.");
        if (((object?[])[parameters.Exposure, parameters.Bulb, parameters.Shutter]).Count(static way => way is not null) > 1)
            throw Wrong($"Say how long a frame is exposed in one way: an exposure, a bulb exposure or the camera's shutter setting.");
    }

    private static bool IsFileName(string prefix) =>
        prefix.Length is > 0 and <= LongestPrefix && prefix[0] != '.' && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    internal static JobException Wrong(FormattableString message) => new(ErrorCode.BadInput, FormattableString.Invariant(message));
}
