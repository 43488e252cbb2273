using System.Globalization;
using AstroJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>A camera that gphoto2 knows: DSLRs and mirrorless ones, on USB or (PTP/IP) the network.</summary>
/// <param name="port">gphoto2's own name of it, <c>usb:001,004</c> or <c>ptpip:192.168.1.1</c>; null where there is only one.</param>
public sealed class Gphoto2Camera(string? port, CameraSurroundings around) : ICamera
{
    public const string Name = "gphoto2";

    /// <summary>The shortest interval of gphoto2's own.</summary>
    private static readonly TimeSpan LeastInARow = TimeSpan.FromSeconds(1);

    private readonly Gphoto2Program _program = new(port, around);
    private readonly Gphoto2Patience _patience = new(around);
    private readonly Dictionary<string, string> _chosen = [];
    private IReadOnlyList<string> _keys = [];
    private Gphoto2Setting? _shutter;
    private TimeSpan? _exposure;
    private int? _filesAFrame;
    private Gphoto2Session? _session;
    private Gphoto2Bulb? _bulb;

    public async Task<CameraDescription> DescribeAsync(CancellationToken cancellation)
    {
        var keys = await _patience.InsistAsync(() => _program.ListKeysAsync(cancellation), cancellation).ConfigureAwait(false);
        string[] told = ["cameramodel", "manufacturer", "batterylevel", .. Gphoto2Keys.For(CameraKeys.Iso), .. Gphoto2Keys.Shutter, .. Gphoto2Keys.For(CameraKeys.Aperture), .. Gphoto2Keys.For(CameraKeys.WhiteBalance), .. Gphoto2Keys.ImageFormat, .. Gphoto2Keys.CaptureTarget, "expprogram", "autoexposuremode", "availableshots"];
        var settings = await _program.ReadAsync([.. told.Where(keys.Contains)], cancellation).ConfigureAwait(false);
        string? Value(string key) => settings.FirstOrDefault(setting => setting.Key == key)?.Value;
        return new CameraDescription(
            port is null ? Name : $"{Name}:{port}",
            string.Join(' ', ((string?[])[Value("manufacturer"), Value("cameramodel")]).Where(static part => part is not null)),
            port,
            int.TryParse(Value("batterylevel")?.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : null,
            [.. settings.Where(static setting => !setting.IsReadOnly).Select(static setting => new CameraSetting(setting.Key, setting.Value, setting.Choices))]);
    }

    public async Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        _keys = await _patience.InsistAsync(() => _program.ListKeysAsync(cancellation), cancellation).ConfigureAwait(false);
        var wanted = settings.ToDictionary(static setting => setting.Key, static setting => setting.Value);
        var found = wanted.Keys.ToDictionary(static key => key, KeyOf);
        var read = await _program.ReadAsync([.. found.Values.Concat(_keys.Where(key => Gphoto2Keys.Shutter.Contains(key) || Gphoto2Keys.ImageFormat.Contains(key) || Gphoto2Keys.CaptureTarget.Contains(key))).Distinct()], cancellation).ConfigureAwait(false);
        foreach (var (key, value) in wanted)
            Choose(read.First(setting => setting.Key == found[key]), key, value);
        if (!wanted.ContainsKey(CameraKeys.CaptureTarget) && read.FirstOrDefault(static setting => Gphoto2Keys.CaptureTarget.Contains(setting.Key)) is { } target && target.Choose(Gphoto2Keys.Card) is { } card)
            _chosen[target.Key] = card; // a frame that could not be downloaded is still on the card
        _shutter = Gphoto2Keys.Shutter.Select(key => read.FirstOrDefault(setting => setting.Key == key)).FirstOrDefault(static setting => setting is not null);
        _exposure = SecondsOf(_shutter);
        var format = read.FirstOrDefault(static setting => Gphoto2Keys.ImageFormat.Contains(setting.Key));
        if (_chosen.Count > 0)
            await _patience.InsistAsync(() => _program.SetAsync([.. _chosen], cancellation), cancellation).ConfigureAwait(false);
        _filesAFrame = format is null ? null : _chosen.GetValueOrDefault(format.Key, format.Value).Contains('+', StringComparison.Ordinal) ? 2 : 1;
    }

    public Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation) =>
        _patience.InsistAsync(() => TakeAsync(request, cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        await EndSessionAsync().ConfigureAwait(false);
        if (_bulb is not null)
            await _bulb.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CapturedFile>> TakeAsync(ExposureRequest request, CancellationToken cancellation)
    {
        if (request.Exposure is { } asked && (request.IsBulb || !await TrySetShutterAsync(asked).ConfigureAwait(false)))
        {
            _bulb ??= new Gphoto2Bulb(_program, _keys, [.. _chosen.Where(setting => setting.Key != _shutter?.Key)]);
            var (openedAt, downloaded) = await _bulb.TakeAsync(asked, _filesAFrame ?? 1, cancellation).ConfigureAwait(false);
            return Keep(downloaded, request, openedAt, asked);
        }
        try
        {
            _session ??= Gphoto2Session.Start(_program, [.. _chosen], FramesInARow(request));
            var (takenAt, files) = await _session.TakeAsync(_exposure, _filesAFrame ?? 1, cancellation).ConfigureAwait(false);
            return Keep(files, request, takenAt, _exposure);
        }
        finally
        {
            if (_session is not { IsUsable: true })
                await EndSessionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>How many frames gphoto2 takes by itself; 0: each when it is asked for. Only single files that take longer than a second are told apart so.</summary>
    private int FramesInARow(ExposureRequest request) =>
        request.Following > 0 && _filesAFrame == 1 && _exposure >= LeastInARow ? request.Following + 1 : 0;

    private async Task EndSessionAsync()
    {
        var session = _session;
        _session = null;
        if (session is not null)
            await session.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Sets the camera's own time for an exposure; false where it has none that long, but can be timed.</summary>
    private async Task<bool> TrySetShutterAsync(TimeSpan exposure)
    {
        var seconds = exposure.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (_shutter?.Choose(seconds) is { } choice)
        {
            if (_chosen.GetValueOrDefault(_shutter.Key) != choice)
                await EndSessionAsync().ConfigureAwait(false);
            (_chosen[_shutter.Key], _exposure) = (choice, exposure);
            return true;
        }
        var longest = _shutter?.Choices.Max(Gphoto2Setting.TryNumber) ?? 0;
        if (exposure.TotalSeconds > longest && Gphoto2Bulb.WayOf(_keys) is not null)
            return false;
        throw new Gphoto2Exception(Gphoto2Trouble.Impossible, $"The camera cannot expose for {seconds} s.", _shutter is null ? "It does not let its exposure time be set." : $"It offers: {string.Join(", ", _shutter.Choices)}.");
    }

    private string KeyOf(string wanted) => Gphoto2Keys.For(wanted).FirstOrDefault(key => _keys.Contains(key))
        ?? throw new JobException(ErrorCode.BadInput, $"The camera has no setting '{wanted}'.", "`astrojobs cameras` lists what it has.");

    private void Choose(Gphoto2Setting setting, string wanted, string value)
    {
        var meant = wanted == CameraKeys.CaptureTarget ? value switch { "card" => Gphoto2Keys.Card, "ram" => Gphoto2Keys.Ram, _ => value } : value;
        if (setting.IsReadOnly)
            throw new JobException(ErrorCode.BadInput, $"The camera does not let its {wanted} be set: it is {setting.Value}.", "Is its dial on M?");
        _chosen[setting.Key] = setting.Choose(meant)
            ?? throw new JobException(ErrorCode.BadInput, $"The camera does not offer {wanted} {value}.", $"It offers: {string.Join(", ", setting.Choices)}.");
        around.Log.LogInformation("{Key}: {Value}", setting.Key, _chosen[setting.Key]);
    }

    private TimeSpan? SecondsOf(Gphoto2Setting? shutter) =>
        shutter is not null && Gphoto2Setting.TryNumber(_chosen.GetValueOrDefault(shutter.Key, shutter.Value)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static IReadOnlyList<CapturedFile> Keep(IReadOnlyList<string> downloaded, ExposureRequest request, DateTimeOffset takenAt, TimeSpan? exposure) =>
        [.. downloaded.Select(file => new CapturedFile(FrameFile.Keep(file, request.Folder, request.Name), takenAt, exposure))];
}
