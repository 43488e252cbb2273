using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Capture;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>How frames are taken, for every kind that takes some.</summary>
internal sealed class ShootingOptions
{
    private static readonly ShootingParameters Defaults = new CaptureParameters();

    private readonly Option<string> _camera = new("--camera") { Description = "The camera: sim (draws the real sky), gphoto2[:PORT], such as gphoto2:usb:001,004, indi[:HOST[:PORT[:DEVICE]]], or auto. `astrojobs cameras` lists them.", HelpName = "NAME", DefaultValueFactory = _ => Defaults.Camera };
    private readonly Option<TimeSpan?> _exposure = DurationOption.Create("--exposure", "How long each is exposed (default: 5 s; gphoto2: as the camera is set).");
    private readonly Option<TimeSpan?> _bulb = DurationOption.Create("--bulb", "gphoto2: hold the shutter open for so long, beyond the camera's own times.");
    private readonly Option<int?> _iso = new("--iso") { Description = "Sensitivity (default: as the camera is set).", HelpName = "N" };
    private readonly Option<string?> _shutter = new("--shutter") { Description = "gphoto2: exposure time as the camera writes it: 30, 1/250.", HelpName = "TIME" };
    private readonly Option<string?> _aperture = new("--aperture") { Description = "gphoto2: focal ratio: 2.8, f/4.", HelpName = "N" };
    private readonly Option<string?> _whiteBalance = new("--white-balance") { Description = "gphoto2: as the camera calls it: Daylight.", HelpName = "NAME" };
    private readonly Option<string?> _imageFormat = new("--image-format") { Description = "gphoto2: as the camera calls it: RAW, NEF+Fine.", HelpName = "NAME" };
    private readonly Option<string?> _captureTarget = new("--capture-target") { Description = "gphoto2: where the camera puts a frame before it is downloaded (default: card, where it has the choice).", HelpName = "card|ram" };
    private readonly Option<double?> _gain = new("--gain") { Description = "INDI: the camera's gain, as its driver counts it.", HelpName = "N" };
    private readonly Option<double?> _offset = new("--offset") { Description = "INDI: the camera's offset, as its driver counts it.", HelpName = "N" };
    private readonly Option<int?> _binning = new("--binning") { Description = "INDI: pixels a side that are read as one.", HelpName = "N" };
    private readonly Option<double?> _temperature = new("--temperature") { Description = "INDI: the sensor's, °C; the first frame waits for it.", HelpName = "C" };
    private readonly Option<string[]> _set = new("--set") { Description = "Any setting by the camera's own name, KEY=VALUE; repeatable.", HelpName = "KEY=VALUE" };
    private readonly Option<TimeSpan?> _cameraTimeout = DurationOption.Create("--camera-timeout", "How much longer than its exposure a frame may take before the camera counts as hung (default: 30s).");
    private readonly Option<string> _format = new("--format") { Description = "Sim: fits, tif, png or jpg.", HelpName = "FORMAT", DefaultValueFactory = _ => Defaults.Format };
    private readonly Option<string> _prefix;
    private readonly Option<string> _template = new("--name-template") { Description = "File names, of {name} {index:0000} {time} {date} {type} {iso} {exposure} {ext}.", HelpName = "TEMPLATE", DefaultValueFactory = _ => Defaults.NameTemplate };
    private readonly Option<Kinds.Cameras.FrameType?> _type = ChoiceOption.Create("--type", "What the frames are for", Defaults.Type);
    private readonly Option<string?> _target = new("--target") { Description = "What the frames show (FITS OBJECT).", HelpName = "NAME" };
    private readonly Option<long?> _stopBelow = BytesOption.Create("--stop-when-free-below", "End as disk_full before less than this is free on the disk, such as 2GB (default: keep room for one more frame).");
    private readonly Option<string?> _gallery = GalleryOption.Create("Put the frames into this gallery under $GALLERY_ROOT too.");
    private readonly SimulatedCameraOptions _sim;

    private ShootingOptions(Command command, ShootingParameters defaults)
    {
        _prefix = new("--prefix") { Description = "What file names begin with: {name} of the template.", HelpName = "TEXT", DefaultValueFactory = _ => defaults.Prefix };
        _set.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"'{token.Value}' is not a setting: write KEY=VALUE.");
        });
        foreach (var option in (Option[])[
            _camera, _exposure, _bulb, _iso, _shutter, _aperture, _whiteBalance, _imageFormat, _captureTarget, _gain, _offset, _binning, _temperature, _set, _cameraTimeout,
            _format, _prefix, _template, _type, _target, _stopBelow, _gallery])
            command.Options.Add(option);
        _sim = SimulatedCameraOptions.AddTo(command);
    }

    public static ShootingOptions AddTo(Command command, ShootingParameters? defaults = null) => new(command, defaults ?? Defaults);

    public TParameters Read<TParameters>(ParseResult parsed, TParameters parameters)
        where TParameters : ShootingParameters => parameters with
        {
            Camera = parsed.GetValue(_camera)!,
            Exposure = parsed.GetValue(_exposure),
            Bulb = parsed.GetValue(_bulb),
            Iso = parsed.GetValue(_iso),
            Shutter = parsed.GetValue(_shutter),
            Aperture = parsed.GetValue(_aperture),
            WhiteBalance = parsed.GetValue(_whiteBalance),
            ImageFormat = parsed.GetValue(_imageFormat),
            CaptureTarget = parsed.GetValue(_captureTarget),
            Gain = parsed.GetValue(_gain),
            Offset = parsed.GetValue(_offset),
            Binning = parsed.GetValue(_binning),
            Temperature = parsed.GetValue(_temperature),
            Set = (parsed.GetValue(_set) ?? []).Select(static setting => setting.Split('=', 2)).GroupBy(static pair => pair[0]).ToDictionary(static pairs => pairs.Key, static pairs => pairs.Last()[1]),
            CameraTimeout = parsed.GetValue(_cameraTimeout) ?? Defaults.CameraTimeout,
            Format = parsed.GetValue(_format)!,
            Prefix = parsed.GetValue(_prefix)!,
            NameTemplate = parsed.GetValue(_template)!,
            Type = parsed.GetValue(_type) ?? Defaults.Type,
            Target = parsed.GetValue(_target),
            StopWhenFreeBelow = parsed.GetValue(_stopBelow),
            Gallery = GalleryOption.Place(parsed.GetValue(_gallery)),
            Sim = _sim.Read(parsed, parsed.GetValue(_target)),
        };
}
