using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Exif.Makernotes;
using Directory = MetadataExtractor.Directory;

namespace AstroJobs.Imaging.Formats;

/// <summary>
/// What EXIF says about how a picture was taken. The Orientation tag is ignored on purpose: frames are stacked as the sensor saw them, and a
/// camera that rolls past its tilt switch in mid-sequence must not turn them.
/// </summary>
internal static class ExifMetadata
{
    private const double MicrometresPerInch = 25400;
    private const double MicrometresPerCentimetre = 10000;
    private const int TagMosaicSize = 0x828D; // CFARepeatPatternDim of TIFF/EP
    private const int TagMosaicColours = 0x828E; // CFAPattern: 0 red, 1 green, 2 blue

    public static FrameMetadata Read(IReadOnlyList<Directory> directories)
    {
        var main = directories.OfType<ExifIfd0Directory>().FirstOrDefault();
        var shot = directories.OfType<ExifSubIfdDirectory>().FirstOrDefault(d => d.ContainsTag(ExifDirectoryBase.TagExposureTime))
            ?? directories.OfType<ExifSubIfdDirectory>().FirstOrDefault();
        var (maker, model) = (Text(main, ExifDirectoryBase.TagMake), Text(main, ExifDirectoryBase.TagModel));
        var lens = Text(shot, ExifDirectoryBase.TagLensModel) ?? Text(directories.OfType<CanonMakernoteDirectory>().FirstOrDefault(), CanonMakernoteDirectory.TagLensModel);
        return new FrameMetadata
        {
            Exposure = Positive(shot, ExifDirectoryBase.TagExposureTime) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            DateObs = DateObs(main, shot),
            Iso = shot is not null && shot.TryGetInt32(ExifDirectoryBase.TagIsoEquivalent, out var iso) && iso > 0 ? iso : null,
            FNumber = Positive(shot, ExifDirectoryBase.TagFNumber),
            FocalLengthMm = Positive(shot, ExifDirectoryBase.TagFocalLength),
            PixelSizeUm = PixelSize(shot),
            Bayer = Bayer(main),
            FocalLength35Mm = Positive(shot, ExifDirectoryBase.Tag35MMFilmEquivFocalLength),
            Camera = Camera(maker, model),
            CameraMaker = maker,
            CameraModel = model,
            Telescope = lens,
            Lens = lens,
            Site = Site(directories.OfType<GpsDirectory>().FirstOrDefault()),
            Software = Text(main, ExifDirectoryBase.TagSoftware),
        };
    }

    /// <summary>A maker whose name the model repeats ("Canon", "Canon EOS R"; "NIKON CORPORATION", "NIKON D750") is left out.</summary>
    internal static string? Camera(string? make, string? model)
    {
        if (make is null || model is null)
            return model ?? make;
        var maker = make.Split(' ')[0];
        return model.StartsWith(maker, StringComparison.OrdinalIgnoreCase) ? model : $"{make} {model}";
    }

    /// <summary>The pattern of a mosaic by TIFF/EP (ISO 12234-2), two by two.</summary>
    private static BayerPattern? Bayer(Directory? main)
    {
        if (main?.GetInt32Array(TagMosaicSize) is not [2, 2] || main.GetByteArray(TagMosaicColours) is not { Length: 4 } colours || colours.Any(colour => colour > 2))
            return null;
        return Enum.TryParse<BayerPattern>(string.Concat(colours.Select(colour => "rgb"[colour])), ignoreCase: true, out var pattern) ? pattern : null;
    }

    /// <summary>When the picture was taken, else when it became a file, else when that was last changed, each with its fraction and its offset.</summary>
    private static DateTimeOffset? DateObs(Directory? main, Directory? shot) =>
        Date(shot, ExifDirectoryBase.TagDateTimeOriginal, shot, ExifDirectoryBase.TagSubsecondTimeOriginal, ExifDirectoryBase.TagTimeZoneOriginal)
        ?? Date(shot, ExifDirectoryBase.TagDateTimeDigitized, shot, ExifDirectoryBase.TagSubsecondTimeDigitized, ExifDirectoryBase.TagTimeZoneDigitized)
        ?? Date(main, ExifDirectoryBase.TagDateTime, shot, ExifDirectoryBase.TagSubsecondTime, ExifDirectoryBase.TagTimeZone);

    /// <summary>A date with its digits of a fraction; a camera that names no offset is taken to run on UTC.</summary>
    private static DateTimeOffset? Date(Directory? directory, int tag, Directory? shot, int subsecondTag, int zoneTag)
    {
        if (Text(directory, tag) is not { } date)
            return null;
        if (!DateTime.TryParseExact(date, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        if (double.TryParse($"0.{Text(shot, subsecondTag)}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction))
            local = local.AddTicks((long)Math.Round(fraction * TimeSpan.TicksPerSecond));
        var offset = Offset(Text(shot, zoneTag) ?? Text(shot, ExifDirectoryBase.TagTimeZone));
        return local.Ticks - offset.Ticks > 0 ? new DateTimeOffset(local, offset).ToUniversalTime() : null;
    }

    private static TimeSpan Offset(string? text)
    {
        if (text is null || !TimeSpan.TryParseExact(text.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out var offset) || offset > TimeSpan.FromHours(14))
            return TimeSpan.Zero;
        return text.StartsWith('-') ? -offset : offset;
    }

    private static GeoPosition? Site(GpsDirectory? gps)
    {
        if (gps?.GetGeoLocation() is not { IsZero: false } place)
            return null;
        double? altitude = gps.TryGetRational(GpsDirectory.TagAltitude, out var metres) && metres.Denominator != 0 ? (double)metres.Numerator / metres.Denominator : null;
        var isBelowSea = gps.TryGetInt32(GpsDirectory.TagAltitudeRef, out var reference) && reference == 1;
        return new GeoPosition(place.Latitude, place.Longitude, isBelowSea ? -altitude : altitude);
    }

    private static double? PixelSize(Directory? shot)
    {
        if (Positive(shot, ExifDirectoryBase.TagFocalPlaneXResolution) is not { } perUnit)
            return null;
        var unit = shot!.TryGetInt32(ExifDirectoryBase.TagFocalPlaneResolutionUnit, out var code) && code == 3 ? MicrometresPerCentimetre : MicrometresPerInch;
        return unit / perUnit;
    }

    // A rational is divided here: the library's own TryGetDouble goes through float.
    private static double? Positive(Directory? directory, int tag)
    {
        if (directory is null)
            return null;
        var value = directory.TryGetRational(tag, out var rational) ? (double)rational.Numerator / rational.Denominator
            : directory.TryGetDouble(tag, out var number) ? number : 0;
        return value > 0 && double.IsFinite(value) ? value : null;
    }

    private static string? Text(Directory? directory, int tag) =>
        directory?.GetString(tag)?.Trim('\0', ' ') is { Length: > 0 } text ? text : null;
}
