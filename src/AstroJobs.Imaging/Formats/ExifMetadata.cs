using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
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
        return new FrameMetadata
        {
            Exposure = Positive(shot, ExifDirectoryBase.TagExposureTime) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            DateObs = DateObs(shot),
            Iso = shot is not null && shot.TryGetInt32(ExifDirectoryBase.TagIsoEquivalent, out var iso) && iso > 0 ? iso : null,
            FNumber = Positive(shot, ExifDirectoryBase.TagFNumber),
            FocalLengthMm = Positive(shot, ExifDirectoryBase.TagFocalLength),
            PixelSizeUm = PixelSize(shot),
            Bayer = Bayer(main),
            Camera = Camera(Text(main, ExifDirectoryBase.TagMake), Text(main, ExifDirectoryBase.TagModel)),
            Telescope = Text(shot, ExifDirectoryBase.TagLensModel),
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

    /// <summary>DateTimeOriginal with SubSecTimeOriginal (digits of a fraction) and OffsetTimeOriginal; a camera that names no offset is taken to run on UTC.</summary>
    private static DateTimeOffset? DateObs(Directory? shot)
    {
        if (Text(shot, ExifDirectoryBase.TagDateTimeOriginal) is not { } date)
            return null;
        if (!DateTime.TryParseExact(date, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var subSeconds = Text(shot, ExifDirectoryBase.TagSubsecondTimeOriginal);
        if (double.TryParse($"0.{subSeconds}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction))
            local = local.AddTicks((long)Math.Round(fraction * TimeSpan.TicksPerSecond));
        var offset = Text(shot, ExifDirectoryBase.TagTimeZoneOriginal) ?? Text(shot, ExifDirectoryBase.TagTimeZone);
        return new DateTimeOffset(local, Offset(offset)).ToUniversalTime();
    }

    private static TimeSpan Offset(string? text)
    {
        if (text is null || !TimeSpan.TryParseExact(text.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out var offset) || offset > TimeSpan.FromHours(14))
            return TimeSpan.Zero;
        return text.StartsWith('-') ? -offset : offset;
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
