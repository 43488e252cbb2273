using System.Runtime.InteropServices;
using AstroJobs.Imaging.Native;
using MetadataExtractor;

namespace AstroJobs.Imaging.Formats;

/// <summary>Camera RAW by LibRaw: the sensor's own numbers of the visible area, a mosaic; of a sensor with X-Trans filters LibRaw's colours of it.</summary>
internal static class RawFile
{
    private const int Xtrans = 6; // pixels after which its pattern repeats
    private const int DataError = -100008; // LIBRAW_DATA_ERROR
    private const int IoError = -100009; // LIBRAW_IO_ERROR: mostly a file that ends early

    /// <summary>RAW formats that are not TIFF inside: Canon CRW and CR3, Fujifilm, Olympus, Panasonic, Minolta.</summary>
    public static bool HasSignature(ReadOnlySpan<byte> head) => head is
        [0x49, 0x49, 0x1A, 0, 0, 0, (byte)'H', (byte)'E', (byte)'A', (byte)'P', ..]
        or [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'c', (byte)'r', (byte)'x', ..]
        or [(byte)'F', (byte)'U', (byte)'J', (byte)'I', (byte)'F', (byte)'I', (byte)'L', (byte)'M', ..]
        or [(byte)'I', (byte)'I', (byte)'R', (byte)'O' or (byte)'S', ..]
        or [(byte)'M', (byte)'M', (byte)'O', (byte)'R', ..]
        or [(byte)'I', (byte)'I', 0x55, 0, ..]
        or [0, (byte)'M', (byte)'R', (byte)'M', ..];

    /// <exception cref="ImageException">LibRaw does not know it, or it is neither Bayer nor X-Trans.</exception>
    public static FrameReader Open(string path)
    {
        var raw = LibRaw.Init(LibRaw.QuietOnDataErrors);
        try
        {
            if (raw.IsInvalid)
                throw new ImageException($"Cannot read '{path}': LibRaw has no memory left.");
            raw.WatchForItsEnd();
            Check(path, LibRaw.OpenFile(raw, path));
            var (width, height) = (LibRaw.Width(raw), LibRaw.Height(raw));
            if (Repeats(raw, 2))
                return new RawReader(path, raw, new FrameInfo(width, height, 1, SampleFormat.UInt16, ReadMetadata(path, raw) with { Bayer = ReadPattern(path, raw) }));
            if (Repeats(raw, Xtrans))
                return new RawReader(path, raw, new FrameInfo(width, height, 3, SampleFormat.UInt16, ReadMetadata(path, raw)));
            throw new ImageException($"Cannot read '{path}': its sensor has neither a Bayer nor an X-Trans mosaic. Convert it to TIFF.");
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <exception cref="ImageException">The code is an error.</exception>
    public static void Check(string path, int code)
    {
        if (code > 0)
            throw new ImageException($"Cannot read '{path}': {Marshal.GetPInvokeErrorMessage(code)}."); // errno
        if (code is DataError or IoError)
            throw InputFile.Torn(path, $"LibRaw says \"{LibRaw.ErrorText(code)}\"");
        if (code < 0)
            throw new ImageException($"Cannot read '{path}': LibRaw says \"{LibRaw.ErrorText(code)}\". Convert it to DNG or FITS.");
    }

    private static bool Repeats(LibRawHandle raw, int period)
    {
        for (var y = 0; y < 2 * Xtrans; y++)
        {
            for (var x = 0; x < 2 * Xtrans; x++)
            {
                if (LibRaw.ColourAt(raw, y, x) != LibRaw.ColourAt(raw, y % period, x % period))
                    return false;
            }
        }
        return LibRaw.ColourAt(raw, 0, 0) != LibRaw.NoFilter;
    }

    private static BayerPattern ReadPattern(string path, LibRawHandle raw)
    {
        var letters = string.Concat(from y in Enumerable.Range(0, 2) from x in Enumerable.Range(0, 2) select "rgbg"[LibRaw.ColourAt(raw, y, x) & 3]);
        return Enum.TryParse<BayerPattern>(letters, ignoreCase: true, out var pattern)
            ? pattern
            : throw new ImageException($"Cannot read '{path}': the filters of its sensor stand as {letters}, which is no Bayer mosaic. Convert it to TIFF.");
    }

    /// <summary>EXIF where the file has it, else what LibRaw found in the maker's own records.</summary>
    private static FrameMetadata ReadMetadata(string path, LibRawHandle raw)
    {
        var exif = ReadExif(path);
        var shot = LibRaw.ReadExposure(raw);
        var camera = ExifMetadata.Camera(Known(LibRaw.Make(raw)), Known(LibRaw.Model(raw)));
        return exif with
        {
            Exposure = exif.Exposure ?? (shot.Shutter > 0 ? TimeSpan.FromSeconds(shot.Shutter) : null),
            Iso = exif.Iso ?? (shot.Iso > 0 ? (int)MathF.Round(shot.Iso) : null),
            FNumber = exif.FNumber ?? Positive(shot.Aperture),
            FocalLengthMm = exif.FocalLengthMm ?? Positive(shot.FocalLength),
            DateObs = exif.DateObs ?? (shot.Timestamp > 0 ? CameraTime(shot.Timestamp) : null),
            Camera = exif.Camera ?? camera,
            CameraMaker = exif.CameraMaker ?? Known(LibRaw.Make(raw)),
            CameraModel = exif.CameraModel ?? Known(LibRaw.Model(raw)),
        };
    }

    private static double? Positive(float value) => value > 0 ? Math.Round(value, 3) : null;

    private static string? Known(string text) => text.Trim() is { Length: > 0 } known ? known : null;

    // LibRaw reads the camera's clock as local time (mktime); as with EXIF a camera that names no offset is taken to run on UTC.
    private static DateTimeOffset CameraTime(nint timestamp) => new(DateTimeOffset.FromUnixTimeSeconds(timestamp).LocalDateTime, TimeSpan.Zero);

    // A picture whose EXIF is spoilt is still a picture.
    private static FrameMetadata ReadExif(string path)
    {
        try
        {
            return ExifMetadata.Read(ImageMetadataReader.ReadMetadata(path));
        }
        catch (Exception e) when (e is ImageProcessingException or IOException)
        {
            return FrameMetadata.None;
        }
    }
}
