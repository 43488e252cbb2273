using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>What the simulated camera looks at, and how well. The ranges are checked by its settings.</summary>
internal sealed class SimulatedCameraOptions
{
    private static readonly SimulatedCameraSettings Defaults = new();

    private readonly Option<double?> _ra = Number("--ra", "DEG", $"Right ascension of the middle, J2000 degrees ({Defaults.RaDeg})");
    private readonly Option<double?> _dec = Number("--dec", "DEG", $"Declination of the middle, J2000 degrees ({Defaults.DecDeg})");
    private readonly Option<double?> _fov = Number("--fov", "DEG", $"Width of the field, degrees ({Defaults.FovDeg})");
    private readonly Option<double?> _angle = Number("--angle", "DEG", "Direction of up, degrees from north through east (0)");
    private readonly Option<SizeOption?> _size = SizeOption.Create("--size", $"Sim: size of the frames, pixels ({Defaults.Width}x{Defaults.Height}).");
    private readonly Option<SensorLayout?> _layout = ChoiceOption.Create("--color", "Sim: what the sensor sees", Defaults.Layout);
    private readonly Option<double?> _pixelSize = Number("--pixel-size", "UM", $"Pitch of a pixel, micrometres ({Defaults.PixelSizeUm})");
    private readonly Option<double?> _fNumber = Number("--f-number", "N", $"Focal ratio of the lens ({Defaults.FNumber})");
    private readonly Option<double?> _fwhm = Number("--fwhm", "PX", $"Width of a star at half its height, pixels ({Defaults.FwhmPixels})");
    private readonly Option<double?> _sky = Number("--sky", "MAG", $"Brightness of the sky, magnitudes a square arcsecond ({Defaults.SkyMagnitude})");
    private readonly Option<double?> _gradient = Number("--sky-gradient", "SHARE", $"Its difference from corner to corner, 0 … 1 ({Defaults.SkyGradient})");
    private readonly Option<double?> _readNoise = Number("--read-noise", "E", $"Electrons ({Defaults.ReadNoiseElectrons})");
    private readonly Option<double?> _dark = Number("--dark-current", "E/S", $"Electrons a second ({Defaults.DarkElectronsPerSecond})");
    private readonly Option<double?> _hotPixels = Number("--hot-pixels", "SHARE", $"Share of hot pixels ({Defaults.HotPixels})");
    private readonly Option<int?> _offset = new("--offset-adu") { Description = $"Sim: What a pixel without light reads, 16-bit ADU ({Defaults.OffsetAdu}).", HelpName = "ADU" };
    private readonly Option<double?> _fullWell = Number("--full-well", "E", $"Electrons a pixel holds before it is full ({Defaults.FullWellElectrons})");
    private readonly Option<double?> _vignetting = Number("--vignetting", "SHARE", "Light lost in the corners, 0 … 0.95 (0)");
    private readonly Option<PairOption?> _drift = PairOption.Create("--drift", $"Sim: shift from frame to frame, pixels ({Defaults.DriftX},{Defaults.DriftY}).");
    private readonly Option<double?> _rotation = Number("--rotation", "DEG", $"Turn of the field from frame to frame, degrees ({Defaults.RotationDeg})");
    private readonly Option<double?> _dither = Number("--dither", "PX", "Largest random shift on top, pixels (0)");
    private readonly Option<double?> _satellites = Number("--satellites", "CHANCE", "Chance of a satellite in a frame, 0 … 1 (0)");
    private readonly Option<double?> _clouds = Number("--clouds", "CHANCE", "Chance of clouds in a frame, 0 … 1 (0)");
    private readonly Option<long?> _seed = new("--seed") { Description = "Sim: chooses noise, hot pixels, satellites, clouds and dither (1).", HelpName = "N" };
    private readonly Option<bool> _noNebulae = new("--no-nebulae") { Description = "Sim: stars alone." };
    private readonly Option<bool> _instant = new("--instant") { Description = "Sim: take no time for an exposure." };

    public static SimulatedCameraOptions AddTo(Command command)
    {
        var options = new SimulatedCameraOptions();
        foreach (var option in (Option[])[
            options._ra, options._dec, options._fov, options._angle, options._size, options._layout, options._pixelSize, options._fNumber, options._fwhm,
            options._sky, options._gradient, options._readNoise, options._dark, options._hotPixels, options._offset, options._fullWell, options._vignetting, options._drift, options._rotation,
            options._dither, options._satellites, options._clouds, options._seed, options._noNebulae, options._instant])
            command.Options.Add(option);
        return options;
    }

    public SimulatedCameraSettings Read(ParseResult parsed, string? target) => new()
    {
        RaDeg = parsed.GetValue(_ra) ?? Defaults.RaDeg,
        DecDeg = parsed.GetValue(_dec) ?? Defaults.DecDeg,
        FovDeg = parsed.GetValue(_fov) ?? Defaults.FovDeg,
        AngleDeg = parsed.GetValue(_angle) ?? Defaults.AngleDeg,
        Width = parsed.GetValue(_size)?.Width ?? Defaults.Width,
        Height = parsed.GetValue(_size)?.Height ?? Defaults.Height,
        Layout = parsed.GetValue(_layout) ?? Defaults.Layout,
        PixelSizeUm = parsed.GetValue(_pixelSize) ?? Defaults.PixelSizeUm,
        FNumber = parsed.GetValue(_fNumber) ?? Defaults.FNumber,
        FwhmPixels = parsed.GetValue(_fwhm) ?? Defaults.FwhmPixels,
        SkyMagnitude = parsed.GetValue(_sky) ?? Defaults.SkyMagnitude,
        SkyGradient = parsed.GetValue(_gradient) ?? Defaults.SkyGradient,
        ReadNoiseElectrons = parsed.GetValue(_readNoise) ?? Defaults.ReadNoiseElectrons,
        DarkElectronsPerSecond = parsed.GetValue(_dark) ?? Defaults.DarkElectronsPerSecond,
        HotPixels = parsed.GetValue(_hotPixels) ?? Defaults.HotPixels,
        OffsetAdu = parsed.GetValue(_offset) ?? Defaults.OffsetAdu,
        FullWellElectrons = parsed.GetValue(_fullWell) ?? Defaults.FullWellElectrons,
        Vignetting = parsed.GetValue(_vignetting) ?? Defaults.Vignetting,
        DriftX = parsed.GetValue(_drift)?.First ?? Defaults.DriftX,
        DriftY = parsed.GetValue(_drift)?.Second ?? Defaults.DriftY,
        RotationDeg = parsed.GetValue(_rotation) ?? Defaults.RotationDeg,
        DitherPixels = parsed.GetValue(_dither) ?? Defaults.DitherPixels,
        Satellites = parsed.GetValue(_satellites) ?? Defaults.Satellites,
        Clouds = parsed.GetValue(_clouds) ?? Defaults.Clouds,
        Seed = parsed.GetValue(_seed) ?? Defaults.Seed,
        Nebulae = !parsed.GetValue(_noNebulae),
        Instant = parsed.GetValue(_instant),
        Target = target,
    };

    private static Option<double?> Number(string name, string unit, string description) =>
        new(name) { Description = $"Sim: {description}.", HelpName = unit };
}
