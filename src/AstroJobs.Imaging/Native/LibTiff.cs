using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>
/// libtiff. TIFFGetField and TIFFSetField are variadic: only integers and pointers may go through them, for a variadic float must be announced
/// in a register (System V x86-64, AL) that .NET does not set.
/// </summary>
internal static unsafe partial class LibTiff
{
    public const uint TagSubfileType = 254;
    public const uint TagWidth = 256;
    public const uint TagHeight = 257;
    public const uint TagBitsPerSample = 258;
    public const uint TagCompression = 259;
    public const uint TagPhotometric = 262;
    public const uint TagModel = 272;
    public const uint TagStripOffsets = 273;
    public const uint TagOrientation = 274;
    public const uint TagSamplesPerPixel = 277;
    public const uint TagRowsPerStrip = 278;
    public const uint TagStripByteCounts = 279;
    public const uint TagPlanarConfig = 284;
    public const uint TagSoftware = 305;
    public const uint TagTileWidth = 322;
    public const uint TagTileHeight = 323;
    public const uint TagSampleFormat = 339;
    public const uint TagExifIfd = 34665;
    public const uint TagDngVersion = 50706;

    static LibTiff()
    {
        NativeLibraries.Register();
        SetErrorHandler(0); // both print to stderr by default
        SetWarningHandler(0);
    }

    // TIFF *TIFFOpen(const char *, const char *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFOpen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial TiffHandle Open(string path, string mode);

    // void TIFFClose(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFClose")]
    public static partial void Close(nint tiff);

    // int TIFFWriteDirectory(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFWriteDirectory")]
    public static partial int WriteDirectory(TiffHandle tiff);

    // int TIFFFlush(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFFlush")]
    public static partial int Flush(TiffHandle tiff);

    // int TIFFGetField(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFGetField")]
    public static partial int GetField(TiffHandle tiff, uint tag, out uint value);

    // int TIFFGetField(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFGetField")]
    public static partial int GetField(TiffHandle tiff, uint tag, out ulong* values);

    // int TIFFGetFieldDefaulted(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFGetFieldDefaulted")]
    public static partial int GetFieldDefaulted(TiffHandle tiff, uint tag, out ushort value);

    // int TIFFGetFieldDefaulted(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFGetFieldDefaulted")]
    public static partial int GetFieldDefaulted(TiffHandle tiff, uint tag, out uint value);

    // int TIFFSetField(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFSetField")]
    public static partial int SetField(TiffHandle tiff, uint tag, int value);

    // int TIFFSetField(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFSetField")]
    public static partial int SetField(TiffHandle tiff, uint tag, ulong value);

    // int TIFFSetField(TIFF *, uint32_t, ...)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetField(TiffHandle tiff, uint tag, string value);

    // int TIFFIsTiled(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFIsTiled")]
    public static partial int IsTiled(TiffHandle tiff);

    // int TIFFIsByteSwapped(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFIsByteSwapped")]
    public static partial int IsByteSwapped(TiffHandle tiff);

    // int TIFFIsCODECConfigured(uint16_t)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFIsCODECConfigured")]
    public static partial int IsCodecConfigured(ushort compression);

    // uint32_t TIFFNumberOfStrips(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFNumberOfStrips")]
    public static partial uint NumberOfStrips(TiffHandle tiff);

    // uint32_t TIFFNumberOfTiles(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFNumberOfTiles")]
    public static partial uint NumberOfTiles(TiffHandle tiff);

    // tmsize_t TIFFStripSize(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFStripSize")]
    public static partial nint StripSize(TiffHandle tiff);

    // tmsize_t TIFFTileSize(TIFF *)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFTileSize")]
    public static partial nint TileSize(TiffHandle tiff);

    // tmsize_t TIFFReadEncodedStrip(TIFF *tif, uint32_t strip, void *buf, tmsize_t size)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFReadEncodedStrip")]
    public static partial nint ReadEncodedStrip(TiffHandle tiff, uint strip, ref byte buffer, nint size);

    // tmsize_t TIFFReadEncodedTile(TIFF *tif, uint32_t tile, void *buf, tmsize_t size)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFReadEncodedTile")]
    public static partial nint ReadEncodedTile(TiffHandle tiff, uint tile, ref byte buffer, nint size);

    // int TIFFReadRGBAImageOriented(TIFF *, uint32_t width, uint32_t height, uint32_t *raster, int orientation, int stopOnError)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFReadRGBAImageOriented")]
    public static partial int ReadRgba(TiffHandle tiff, uint width, uint height, ref byte raster, int orientation, int stopOnError);

    // int TIFFRGBAImageOK(TIFF *, char[1024])
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFRGBAImageOK")]
    public static partial int CanReadRgba(TiffHandle tiff, ref byte message);

    // tmsize_t TIFFWriteEncodedStrip(TIFF *tif, uint32_t strip, void *data, tmsize_t cc)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFWriteEncodedStrip")]
    public static partial nint WriteEncodedStrip(TiffHandle tiff, uint strip, in byte data, nint size);

    // TIFFErrorHandler TIFFSetErrorHandler(TIFFErrorHandler)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFSetErrorHandler")]
    private static partial nint SetErrorHandler(nint handler);

    // TIFFErrorHandler TIFFSetWarningHandler(TIFFErrorHandler)
    [LibraryImport(NativeLibraries.LibTiff, EntryPoint = "TIFFSetWarningHandler")]
    private static partial nint SetWarningHandler(nint handler);
}
