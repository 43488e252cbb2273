using System.Globalization;
using System.IO.Compression;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>A camera of an INDI server: the cooled astronomy cameras, whatever their make. Its pictures are FITS.</summary>
internal sealed class IndiCamera((string Host, int Port, string? Device) address, CameraSurroundings around) : ICamera
{
    public const string Name = "indi";
    public const int UsualPort = 7624;

    private const int CameraInterface = 2; // bit of DRIVER_INFO.DRIVER_INTERFACE (libindi, basedevice.h)
    private const double TemperatureTolerance = 0.5;
    private const int TriesForReturn = 7; // pauses up to 32 s, a minute altogether

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CoolingPatience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan UsualExposure = TimeSpan.FromSeconds(5);

    private readonly string _blob = Path.Combine(around.ScratchFolder, "picture.blob");
    private readonly DownloadFolder _downloads = new(around.ScratchFolder);
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();
    private IndiClient? _client;
    private string _device = "";
    private bool _wasThere;

    public async Task<CameraDescription> DescribeAsync(CancellationToken cancellation)
    {
        var client = await OpenAsync(cancellation).ConfigureAwait(false);
        var settings = new List<CameraSetting>();
        foreach (var (key, candidates) in IndiKeys.Known)
            if (IndiKeys.Find(client, _device, candidates) is var (property, element) && property is not null)
                settings.Add(new CameraSetting(key, element!.Value, element.Least < element.Most ? [Range(element)] : []));
        if (client.Find(_device, IndiKeys.IsoProperty) is { } iso)
            settings.Add(new CameraSetting(CameraKeys.Iso, iso.Elements.Values.FirstOrDefault(static choice => choice.Value == "On")?.Label ?? "", [.. iso.Elements.Values.Select(static choice => choice.Label)]));
        return new CameraDescription($"{Name}:{address.Host}:{address.Port}:{_device}", _device, $"{address.Host}:{address.Port}", null, settings);
    }

    public async Task ConfigureAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var client = await OpenAsync(cancellation).ConfigureAwait(false);
        var changes = settings.Select(setting => ChangeOf(client, setting.Key, setting.Value)).ToList(); // all are looked at before any is made
        foreach (var (property, values) in changes)
            await client.SetAsync(property, values).ConfigureAwait(false);
        _settings = settings;
        if (settings.TryGetValue(CameraKeys.Temperature, out var wanted))
            await CoolAsync(client, double.Parse(wanted, CultureInfo.InvariantCulture), cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<CapturedFile>> ExposeAsync(ExposureRequest request, CancellationToken cancellation)
    {
        var exposure = request.Type == FrameType.Bias ? TimeSpan.Zero : request.Exposure ?? UsualExposure;
        try
        {
            var client = await ReadyAsync(cancellation).ConfigureAwait(false);
            await SetTypeAsync(client, request.Type).ConfigureAwait(false);
            var takenAt = around.Time.GetUtcNow();
            var format = await TakeAsync(client, exposure, cancellation).ConfigureAwait(false);
            return [new CapturedFile(Keep(format, request, takenAt, exposure, client), takenAt, exposure)];
        }
        catch (JobException)
        {
            await CloseAsync().ConfigureAwait(false); // the next frame begins with a connection of its own
            throw;
        }
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task CloseAsync()
    {
        var client = _client;
        _client = null;
        if (client is not null)
            await client.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A connection, the old one or a new one with the settings made again: the server may have been started anew.</summary>
    private async Task<IndiClient> ReadyAsync(CancellationToken cancellation)
    {
        if (_client is not null)
            return _client;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ConfigureAsync(_settings, cancellation).ConfigureAwait(false);
                return _client!;
            }
            catch (JobException away) when (_wasThere && attempt < TriesForReturn && away.Code is ErrorCode.CameraNotFound or ErrorCode.CameraFailed)
            {
                await CloseAsync().ConfigureAwait(false);
                var pause = around.Pause * (1 << (attempt - 1));
                around.Log.LogWarning("{Message} Asking again in {Seconds} s", away.Message, pause.TotalSeconds);
                await Task.Delay(pause, around.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<IndiClient> OpenAsync(CancellationToken cancellation)
    {
        if (_client is not null)
            return _client;
        _downloads.Clear();
        var client = await IndiClient.ConnectAsync(address.Host, address.Port, _blob, around.Log, around.Time, cancellation).ConfigureAwait(false);
        try
        {
            await FindDeviceAsync(client, cancellation).ConfigureAwait(false);
            await client.SendAsync($"<enableBLOB device=\"{System.Security.SecurityElement.Escape(_device)}\">Also</enableBLOB>").ConfigureAwait(false);
            var connection = client.Find(_device, "CONNECTION")!;
            if (!connection.IsOn("CONNECT"))
                await client.SetAsync(connection, ("CONNECT", "On")).ConfigureAwait(false);
            if (!await client.WaitAsync(() => client.Find(_device, "CCD_EXPOSURE") is not null, around.Margin, cancellation).ConfigureAwait(false))
                throw new JobException(ErrorCode.CameraNotFound, $"The INDI driver '{_device}' cannot connect to its camera. It says: {client.LastMessage}", "Is the camera on, its cable plugged in?");
            await client.SettleAsync(_device, "CONNECTION", AnswerPatience, cancellation).ConfigureAwait(false);
            if (client.Find(_device, "UPLOAD_MODE") is { } upload && !upload.IsOn("UPLOAD_CLIENT"))
                await client.SetAsync(upload, ("UPLOAD_CLIENT", "On")).ConfigureAwait(false); // else pictures stay on the server
            _wasThere = true;
            return _client = client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task FindDeviceAsync(IndiClient client, CancellationToken cancellation)
    {
        string? Found() => address.Device is { } named
            ? client.Find(named, "CONNECTION")?.Device
            : client.PropertiesOf(null).FirstOrDefault(property => property.Name == "DRIVER_INFO" && IsCamera(property) && client.Find(property.Device, "CONNECTION") is not null)?.Device;
        if (!await client.WaitAsync(() => Found() is not null, AnswerPatience, cancellation).ConfigureAwait(false))
        {
            var devices = string.Join(", ", client.PropertiesOf(null).Select(static property => property.Device).Distinct());
            throw new JobException(
                ErrorCode.CameraNotFound, $"The INDI server at {address.Host}:{address.Port} has no camera{(address.Device is { } name ? $" '{name}'" : "")}.", devices.Length > 0 ? $"It has: {devices}." : "Start it with the camera's driver: indiserver indi_asi_ccd.");
        }
        _device = Found()!;
    }

    private static bool IsCamera(IndiProperty driver) =>
        driver.Elements.TryGetValue("DRIVER_INTERFACE", out var bits) && int.TryParse(bits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && (value & CameraInterface) != 0;

    private (IndiProperty Property, (string Element, string Value)[] Values) ChangeOf(IndiClient client, string key, string value)
    {
        if (key == CameraKeys.Binning && client.Find(_device, "CCD_BINNING") is { } binning)
            return (binning, [("HOR_BIN", Checked(binning.Elements["HOR_BIN"], key, value)), ("VER_BIN", value)]);
        if (key == CameraKeys.Iso && client.Find(_device, IndiKeys.IsoProperty) is { } iso)
            return (iso, [(iso.Elements.Values.FirstOrDefault(choice => choice.Label == value)?.Name ?? throw Refused(key, value, string.Join(", ", iso.Elements.Values.Select(static choice => choice.Label))), "On")]);
        var (property, element) = IndiKeys.Find(client, _device, IndiKeys.Known.FirstOrDefault(known => known.Key == key).Candidates ?? [key]);
        if (property is null || element is null)
            throw new JobException(ErrorCode.BadInput, $"The camera {_device} has no setting '{key}'.", "Write PROPERTY.ELEMENT as `indi_getprop` does; `astrojobs cameras` lists the usual ones.");
        return (property, [(element.Name, property.Kind == "Number" ? Checked(element, key, value) : value)]);
    }

    private static string Checked(IndiElement element, string key, string value)
    {
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return isNumber && (element.Least >= element.Most || (number >= element.Least && number <= element.Most)) ? value : throw Refused(key, value, Range(element));
    }

    private static string Range(IndiElement element) => string.Create(CultureInfo.InvariantCulture, $"{element.Least} to {element.Most}");

    private static JobException Refused(string key, string value, string offered) => new(ErrorCode.BadInput, $"The camera does not offer {key} {value}.", $"It offers: {offered}.");

    private async Task CoolAsync(IndiClient client, double wanted, CancellationToken cancellation)
    {
        double? Now() => client.Find(_device, "CCD_TEMPERATURE")?.Elements.GetValueOrDefault("CCD_TEMPERATURE_VALUE")?.Number;
        if (!await client.WaitAsync(() => Now() is { } now && Math.Abs(now - wanted) <= TemperatureTolerance, CoolingPatience, cancellation).ConfigureAwait(false))
            throw new JobException(ErrorCode.CameraFailed, string.Create(CultureInfo.InvariantCulture, $"The sensor did not come to {wanted} °C within {CoolingPatience.TotalMinutes} minutes: it has {Now()} °C."), "Ask for less cooling.");
    }

    private Task SetTypeAsync(IndiClient client, FrameType type)
    {
        var element = $"FRAME_{type.ToString().ToUpperInvariant()}";
        return client.Find(_device, "CCD_FRAME_TYPE") is { } types && types.Elements.ContainsKey(element) && !types.IsOn(element) ? client.SetAsync(types, (element, "On")) : Task.CompletedTask;
    }

    /// <returns>The format of the picture, which is in the scratch file.</returns>
    private async Task<string> TakeAsync(IndiClient client, TimeSpan exposure, CancellationToken cancellation)
    {
        var property = client.Find(_device, "CCD_EXPOSURE") ?? throw new JobException(ErrorCode.CameraFailed, $"The camera {_device} is no longer connected.", "Is its cable loose?");
        var least = property.Elements["CCD_EXPOSURE_VALUE"].Least;
        client.TakeBlob(); // one that nobody waited for
        await client.SetAsync(property, ("CCD_EXPOSURE_VALUE", Math.Max(least, exposure.TotalSeconds).ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        string? format = null;
        var isAlert = false;
        try
        {
            var isOver = await client.WaitAsync(
                () => (format = client.TakeBlob()) is not null || (isAlert = client.Find(_device, "CCD_EXPOSURE") is not { State: not "Alert" }), exposure + around.Margin, cancellation).ConfigureAwait(false);
            if (isAlert)
                throw new JobException(ErrorCode.CameraFailed, $"The exposure failed. The driver says: {client.LastMessage}", "task.log has what it said before.");
            if (!isOver)
            {
                await AbortAsync(client).ConfigureAwait(false);
                throw new JobException(ErrorCode.CameraFailed, string.Create(CultureInfo.InvariantCulture, $"The frame did not come within {(exposure + around.Margin).TotalSeconds:0.#} s."), "Switch the camera off and on. Does it need longer? Give it --camera-timeout.");
            }
            return format!;
        }
        catch (OperationCanceledException)
        {
            await AbortAsync(client).ConfigureAwait(false);
            throw;
        }
    }

    private async Task AbortAsync(IndiClient client)
    {
        if (client.Find(_device, "CCD_ABORT_EXPOSURE") is not { } abort)
            return;
        await client.SetAsync(abort, ("ABORT", "On")).ConfigureAwait(false);
        await client.WaitAsync(() => client.Find(_device, "CCD_EXPOSURE") is not { State: "Busy" }, AnswerPatience, CancellationToken.None).ConfigureAwait(false);
    }

    private string Keep(string format, ExposureRequest request, DateTimeOffset takenAt, TimeSpan exposure, IndiClient client)
    {
        var file = Path.Combine(around.ScratchFolder, format.EndsWith(".fits.fz", StringComparison.Ordinal) ? "picture.fz" : $"picture{Path.GetExtension(format.EndsWith(".z", StringComparison.Ordinal) ? format[..^2] : format)}");
        if (format.EndsWith(".z", StringComparison.Ordinal))
        {
            using var packed = new ZLibStream(File.OpenRead(_blob), CompressionMode.Decompress);
            using var unpacked = File.Create(file);
            packed.CopyTo(unpacked);
        }
        else
            File.Move(_blob, file, overwrite: true);
        if (Path.GetExtension(file) == ".fits")
            FitsCards.Complete(file, FrameCards.Of(_device, request.Type, takenAt, exposure, client.PropertiesOf(null)));
        var whole = Path.Combine(_downloads.Path, $"1{Path.GetExtension(file)}");
        File.Move(file, whole, overwrite: true);
        return FrameFile.Keep(whole, request.Folder, request.Name);
    }
}
