using System.Globalization;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Faults;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// A camera without hardware that looks at the real sky. An exposure takes as long as a camera's would, unless the settings say
/// <see cref="SimulatedCameraSettings.Instant"/>; the picture is drawn meanwhile.
/// </summary>
public sealed class SimulatedCamera(SimulatedCameraSettings settings, TimeProvider time) : ICamera
{
    public const string Name = "sim";
    public const int LowestIso = 100;
    public const int HighestIso = 25_600;
    public const int DefaultIso = 400;

    private const string IsoKey = CameraKeys.Iso;

    private static readonly TimeSpan UsualExposure = TimeSpan.FromSeconds(5);

    private int _iso = DefaultIso;

    public Task<CameraDescription> DescribeAsync(CancellationToken cancellation) => Task.FromResult(new CameraDescription(
        Name,
        "AstroJobs simulated camera",
        Port: null,
        BatteryPercent: 100,
        [new CameraSetting(IsoKey, _iso.ToString(CultureInfo.InvariantCulture), ["100", "200", "400", "800", "1600", "3200", "6400", "12800", "25600"])]));

    /// <summary>Knows <c>iso</c>, any whole number from 100 to 25600.</summary>
    public Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        foreach (var (key, value) in settings)
        {
            if (key != IsoKey)
                throw new JobException(ErrorCode.BadInput, $"The simulated camera has no setting '{key}'.", $"It has: {IsoKey}.");
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var iso) || iso is < LowestIso or > HighestIso)
                throw new JobException(ErrorCode.BadInput, $"The simulated camera's ISO cannot be '{value}': it goes from {LowestIso} to {HighestIso}.");
            _iso = iso;
        }
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation)
    {
        var path = Path.Combine(request.Folder, $"{request.Name}.{request.Format}");
        var takenAt = time.GetUtcNow();
        var length = request.Exposure ?? UsualExposure;
        var exposure = new SimulatedExposure(request.Index, length, _iso, request.Type);
        var shutter = settings.Instant ? Task.CompletedTask : Task.Delay(length, time, cancellation);
        using var taken = await Task.Run(() => SimulatedFrame.Render(settings, exposure, cancellation), cancellation).ConfigureAwait(false);
        await shutter.ConfigureAwait(false);
        taken.Frame.Metadata = Describe(taken, exposure, takenAt);
        try
        {
            Save(taken.Frame, path, cancellation);
        }
        catch (MissingLibraryException missing)
        {
            throw new JobException(ErrorCode.LibraryMissing, missing.Message, $"sudo apt-get install {missing.Package}", missing);
        }
        catch (ImageException failed)
        {
            throw new JobException(IsFull(request.Folder) ? ErrorCode.DiskFull : ErrorCode.IoError, failed.Message, inner: failed);
        }
        return [new CapturedFile(path, takenAt, length)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Save(Frame frame, string path, CancellationToken cancellation)
    {
        var isJpeg = Path.GetExtension(path) is ".jpg" or ".jpeg";
        if (isJpeg)
            ToneCurve.Apply(frame, settings.OffsetAdu / 65535f);
        cancellation.ThrowIfCancellationRequested();
        FailPoints.Pass(FailPoint.CameraFrameCame);
        ImageFile.Write(path, frame, isJpeg ? SampleFormat.UInt8 : SampleFormat.UInt16);
    }

    // The libraries say only that a write failed.
    private bool IsFull(string folder) => Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace < 2L * settings.Width * settings.Height;

    private FrameMetadata Describe(SimulatedFrame taken, SimulatedExposure exposure, DateTimeOffset takenAt)
    {
        var centre = taken.Wcs.ToSky((settings.Width - 1) / 2.0, (settings.Height - 1) / 2.0);
        var pointing = exposure.Type == FrameType.Light ? centre : (Sky.SkyPosition?)null;
        return new FrameMetadata
        {
            Exposure = exposure.Type == FrameType.Bias ? TimeSpan.Zero : exposure.Exposure,
            DateObs = takenAt,
            Iso = exposure.Iso,
            FocalLengthMm = Math.Round(new SimulatedOptics(settings).FocalLengthMm, 3),
            FNumber = settings.FNumber,
            PixelSizeUm = settings.PixelSizeUm,
            Bayer = settings.Layout == SensorLayout.Bayer ? BayerPattern.Rggb : null,
            Camera = "AstroJobs simulated camera",
            Telescope = "AstroJobs simulated lens",
            Object = settings.Target ?? (IsDefaultView ? "Orion" : null),
            FrameType = exposure.Type.ToString().ToLowerInvariant(),
            RaDeg = pointing?.RaDeg,
            DecDeg = pointing?.DecDeg,
            Software = "astrojobs",
            History = ["Simulated: stars to V 9.2 are real (Tycho-2), fainter ones, noise and faults are made."],
        };
    }

    private bool IsDefaultView
    {
        get
        {
            var orion = new SimulatedCameraSettings();
            return settings.RaDeg == orion.RaDeg && settings.DecDeg == orion.DecDeg && settings.FovDeg >= orion.FovDeg / 2;
        }
    }
}
