using System.Globalization;

namespace AstroJobs.Imaging.Formats;

/// <summary>FITS keywords to <see cref="FrameMetadata"/> and back, as N.I.N.A., INDI, MaxIm DL, SharpCap and Siril write them.</summary>
internal static class FitsMetadata
{
    public static FrameMetadata Read(FitsHeader header, int height) => Read(header, FitsSky.Read(header, height, FitsRows.AreTopDown(header)), height);

    private static FrameMetadata Read(FitsHeader header, SkyPlane? sky, int height) => new()
    {
        Exposure = header.Number("EXPTIME", "EXPOSURE") is >= 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
        DateObs = DateObs(header),
        DateEnd = Time(header.Text("DATE-END")),
        Gain = header.Number("GAIN"),
        Iso = header.PositiveNumber("ISOSPEED", "ISO") is { } iso and <= int.MaxValue ? (int)Math.Round(iso) : null,
        FocalLengthMm = header.PositiveNumber("FOCALLEN"),
        FNumber = header.PositiveNumber("FNUMBER", "FOCRATIO", "APERTURE"),
        // XPIXSZ counts binning in (SBFITSEXT 1.0), INDI's PIXSIZE1 does not.
        PixelSizeUm = header.PositiveNumber("XPIXSZ") ?? (header.PositiveNumber("PIXSIZE1") * (header.PositiveNumber("XBINNING") ?? 1)),
        SensorTemperatureC = header.Number("CCD-TEMP", "CCDTEMP", "TEMPERAT"),
        Bayer = FitsRows.ReadBayer(header, height),
        Camera = header.Text("INSTRUME", "CAMERA"),
        Telescope = header.Text("TELESCOP"),
        Filter = header.Text("FILTER"),
        Object = header.Text("OBJECT"),
        FrameType = FrameType(header.Text("IMAGETYP", "FRAME")),
        RaDeg = header.Number("RA") ?? Sexagesimal(header.Text("OBJCTRA", "RA")) * 15, // 15° an hour
        DecDeg = header.Number("DEC") ?? Sexagesimal(header.Text("OBJCTDEC", "DEC")),
        Binning = header.PositiveNumber("XBINNING", "BINNING") is { } across ? ((int)across, (int)(header.PositiveNumber("YBINNING") ?? across)) : null,
        Site = Site(header),
        Sky = sky,
        UnreadSky = FitsSky.Unread(header, sky),
        StackCount = header.PositiveNumber("STACKCNT", "NCOMBINE") is { } count ? (int)count : null,
        Software = header.Text("SWCREATE", "PROGRAM", "CREATOR"),
        History = header.History,
    };

    public static IEnumerable<string> Write(FrameMetadata metadata)
    {
        if (metadata.Exposure is { } exposure)
            yield return FitsCard.Number("EXPTIME", exposure.TotalSeconds, "[s] exposure");
        if (metadata.DateObs is { } date)
            yield return FitsCard.Text("DATE-OBS", Time(date), "UTC start of exposure");
        if (metadata.DateEnd is { } end)
            yield return FitsCard.Text("DATE-END", Time(end), "UTC end of the last exposure");
        foreach (var (keyword, value, comment) in Numbers(metadata))
        {
            if (value is { } number && double.IsFinite(number))
                yield return FitsCard.Number(keyword, number, comment);
        }
        if (metadata.Iso is { } iso)
            yield return FitsCard.Number("ISOSPEED", iso, "ISO sensitivity");
        if (metadata.StackCount is { } count)
        {
            yield return FitsCard.Number("STACKCNT", count, "frames stacked");
            if (metadata.Exposure is { } live)
                yield return FitsCard.Number("LIVETIME", live.TotalSeconds, "[s] exposure of all frames together");
        }
        foreach (var (keyword, value, comment) in Texts(metadata))
        {
            if (!string.IsNullOrWhiteSpace(value))
                yield return FitsCard.Text(keyword, value, comment);
        }
        foreach (var keyword in metadata.Keywords)
            yield return keyword.ToCard();
        foreach (var card in metadata.History.SelectMany(line => FitsCard.Commentary("HISTORY", line)))
            yield return card;
    }

    private static IEnumerable<(string Keyword, double? Value, string Comment)> Numbers(FrameMetadata metadata) =>
    [
        ("GAIN", metadata.Gain, "camera gain, driver units"),
        ("FOCALLEN", metadata.FocalLengthMm, "[mm] focal length"),
        ("FNUMBER", metadata.FNumber, "focal ratio"),
        ("XPIXSZ", metadata.PixelSizeUm, "[um] pixel width, binning included"),
        ("YPIXSZ", metadata.PixelSizeUm, "[um] pixel height, binning included"),
        ("CCD-TEMP", metadata.SensorTemperatureC, "[degC] sensor temperature"),
        ("RA", metadata.RaDeg, "[deg] pointing, J2000"),
        ("DEC", metadata.DecDeg, "[deg] pointing, J2000"),
    ];

    private static IEnumerable<(string Keyword, string? Value, string Comment)> Texts(FrameMetadata metadata) =>
    [
        ("OBJCTRA", metadata.RaDeg is { } ra ? ToSexagesimal(ra / 15, 2) : null, "[h m s] pointing, J2000"),
        ("OBJCTDEC", metadata.DecDeg is { } dec ? (dec < 0 ? "-" : "+") + ToSexagesimal(Math.Abs(dec), 1) : null, "[d m s] pointing, J2000"),
        ("BAYERPAT", metadata.Bayer?.ToString().ToUpperInvariant(), "colours of the top left 2x2 pixels"),
        ("INSTRUME", metadata.Camera, "camera"),
        ("TELESCOP", metadata.Telescope, "telescope or lens"),
        ("FILTER", metadata.Filter, "filter"),
        ("OBJECT", metadata.Object, "target"),
        ("IMAGETYP", metadata.FrameType is { Length: > 0 } type ? $"{char.ToUpperInvariant(type[0])}{type[1..]} Frame" : null, "kind of frame"),
        ("SWCREATE", metadata.Software, "program that wrote this file"),
    ];

    /// <summary>As N.I.N.A. and MaxIm DL, as INDI and POCS, or geodetic as the time standard (FITS 4.0, 8.4.1) has it.</summary>
    private static GeoPosition? Site(FitsHeader header) =>
        Angle(header, "SITELAT", "LAT-OBS", "OBSGEO-B", "GEO_LAT") is { } latitude && Angle(header, "SITELONG", "LONG-OBS", "OBSGEO-L", "GEO_LONG") is { } longitude
            ? new GeoPosition(latitude, longitude, header.Number("SITEELEV", "ELEV-OBS", "ALT-OBS", "OBSGEO-H", "GEO_ELEV"))
            : null;

    private static double? Angle(FitsHeader header, params ReadOnlySpan<string> keywords) => header.Number(keywords) ?? Sexagesimal(header.Text(keywords));

    private static DateTimeOffset? DateObs(FitsHeader header)
    {
        if (header.Text("DATE-OBS") is not { } date)
            return null;
        if (!date.Contains('T') && header.Text("TIME-OBS", "UT") is { } time)
            date = $"{date}T{time}";
        return Time(date);
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(
            text?.TrimEnd('Z'), ["yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"], CultureInfo.InvariantCulture, utc, out var parsed) ? parsed : null;
    }

    private static string? FrameType(string? text)
    {
        if (text is null)
            return null;
        string[] known = ["light", "dark", "flat", "bias"]; // "Dark Frame", "Master Dark", "LIGHT", "Flat Field"
        return Array.Find(known, type => text.Contains(type, StringComparison.OrdinalIgnoreCase)) ?? text.ToLowerInvariant();
    }

    /// <summary>"19 59 41.99" or "-22:43:19.4" in its first unit.</summary>
    private static double? Sexagesimal(string? text)
    {
        var parts = text?.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (parts is not { Length: 2 or 3 })
            return null;
        var value = 0.0;
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (!double.TryParse(parts[i].TrimStart('+', '-'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var part))
                return null;
            value = (value / 60) + part;
        }
        return parts[0].StartsWith('-') ? -value : value;
    }

    private static string ToSexagesimal(double value, int decimals)
    {
        var unit = (decimal)Math.Pow(10, decimals);
        var ticks = Math.Round((decimal)value * 3600 * unit); // rounded once, so that no 60 appears
        var (minutes, seconds) = (Math.Floor(ticks / (60 * unit)), ticks % (60 * unit) / unit);
        var format = "00." + new string('0', decimals);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(minutes / 60):00} {minutes % 60:00} ") + seconds.ToString(format, CultureInfo.InvariantCulture);
    }
}
