using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AstroJobs.Imaging.Native;

/// <summary>libjpeg-turbo's TurboJPEG API as of 2.x. A handle serves one thread at a time.</summary>
internal static unsafe partial class TurboJpeg
{
    public const int PixelFormatRgb = 0; // TJPF_RGB
    public const int PixelFormatGray = 6; // TJPF_GRAY
    public const int Subsampling444 = 0; // TJSAMP_444
    public const int SubsamplingGray = 3; // TJSAMP_GRAY
    public const int ColorspaceGray = 2; // TJCS_GRAY
    public const int ColorspaceCmyk = 3; // TJCS_CMYK; 4 is TJCS_YCCK
    public const int FlagNoRealloc = 1024; // TJFLAG_NOREALLOC
    public const int FlagAccurateDct = 4096; // TJFLAG_ACCURATEDCT
    public const int ErrorWarning = 0; // TJERR_WARNING

    static TurboJpeg() => NativeLibraries.Register();

    // tjhandle tjInitDecompress(void)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjInitDecompress")]
    public static partial TurboJpegHandle InitDecompress();

    // tjhandle tjInitCompress(void)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjInitCompress")]
    public static partial TurboJpegHandle InitCompress();

    // int tjDestroy(tjhandle handle)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    // int tjDecompressHeader3(tjhandle, const unsigned char *jpegBuf, unsigned long jpegSize, int *width, int *height, int *jpegSubsamp, int *jpegColorspace)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDecompressHeader3")]
    public static partial int DecompressHeader(
        TurboJpegHandle handle, in byte jpeg, nuint jpegSize, out int width, out int height, out int subsampling, out int colorspace);

    // int tjDecompress2(tjhandle, const unsigned char *jpegBuf, unsigned long jpegSize, unsigned char *dstBuf, int width, int pitch, int height, int pixelFormat, int flags)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(
        TurboJpegHandle handle, in byte jpeg, nuint jpegSize, ref byte pixels, int width, int pitch, int height, int pixelFormat, int flags);

    // unsigned long tjBufSize(int width, int height, int jpegSubsamp)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjBufSize")]
    public static partial nuint BufferSize(int width, int height, int subsampling);

    // int tjCompress2(tjhandle, const unsigned char *srcBuf, int width, int pitch, int height, int pixelFormat, unsigned char **jpegBuf, unsigned long *jpegSize, int jpegSubsamp, int jpegQual, int flags)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjCompress2")]
    public static partial int Compress(
        TurboJpegHandle handle, in byte pixels, int width, int pitch, int height, int pixelFormat, byte** jpeg, ref nuint jpegSize, int subsampling, int quality, int flags);

    // char *tjGetErrorStr2(tjhandle handle)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjGetErrorStr2")]
    [return: MarshalUsing(typeof(BorrowedText))]
    public static partial string ErrorText(TurboJpegHandle handle);

    // int tjGetErrorCode(tjhandle handle)
    [LibraryImport(NativeLibraries.TurboJpeg, EntryPoint = "tjGetErrorCode")]
    public static partial int ErrorCode(TurboJpegHandle handle);
}
