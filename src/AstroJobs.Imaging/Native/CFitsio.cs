using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>
/// CFITSIO. Every status is in and out: a call with a status other than 0 does nothing, so it starts as 0. Built reentrant (as in Debian),
/// a file belongs to one thread at a time and different files to different threads.
/// </summary>
internal static unsafe partial class CFitsio
{
    public const int ReadOnly = 0;
    public const int ImageHdu = 0;
    public const int TypeByte = 11; // TBYTE
    public const int TypeUInt16 = 20; // TUSHORT
    public const int TypeInt16 = 21; // TSHORT
    public const int TypeFloat = 42; // TFLOAT
    public const int TypeUInt32 = 30; // TUINT
    public const int StatusEndOfFile = 107; // END_OF_FILE: as a move beyond the last HDU says too
    public const int CardLength = 81; // FLEN_CARD
    public const int StatusLength = 31; // FLEN_STATUS

    static CFitsio() => NativeLibraries.Register();

    // int ffdkopn(fitsfile **fptr, const char *filename, int iomode, int *status): takes the name literally, where ffopen reads brackets in it
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffdkopn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenDiskFile(out FitsHandle file, string path, int mode, ref int status);

    // int ffdkinit(fitsfile **fptr, const char *filename, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffdkinit", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateDiskFile(out FitsHandle file, string path, ref int status);

    // int ffclos(fitsfile *fptr, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffclos")]
    public static partial int Close(nint file, ref int status);

    // int ffflus(fitsfile *fptr, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffflus")]
    public static partial int Flush(FitsHandle file, ref int status);

    // int ffmahd(fitsfile *fptr, int hdunum, int *exttype, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffmahd")]
    public static partial int MoveToHdu(FitsHandle file, int hdu, out int type, ref int status);

    // int ffgidt(fitsfile *fptr, int *imgtype, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffgidt")]
    public static partial int GetBitpix(FitsHandle file, out int bitpix, ref int status);

    // int ffgidm(fitsfile *fptr, int *naxis, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffgidm")]
    public static partial int GetAxisCount(FitsHandle file, out int naxis, ref int status);

    // int ffgiszll(fitsfile *fptr, int nlen, LONGLONG *naxes, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffgiszll")]
    public static partial int GetAxes(FitsHandle file, int count, ref long axes, ref int status);

    // int fits_is_compressed_image(fitsfile *fptr, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "fits_is_compressed_image")]
    public static partial int IsCompressed(FitsHandle file, ref int status);

    // int ffghadll(fitsfile *fptr, LONGLONG *headstart, LONGLONG *datastart, LONGLONG *dataend, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffghadll")]
    public static partial int GetAddresses(FitsHandle file, out long header, out long data, out long end, ref int status);

    // int ffghsp(fitsfile *fptr, int *nexist, int *nmore, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffghsp")]
    public static partial int GetCardCount(FitsHandle file, out int count, out int room, ref int status);

    // int ffgrec(fitsfile *fptr, int nrec, char *card, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffgrec")]
    public static partial int GetCard(FitsHandle file, int number, ref byte card, ref int status);

    // int ffprec(fitsfile *fptr, const char *card, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffprec", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int WriteCard(FitsHandle file, string card, ref int status);

    // int ffgpv(fitsfile *fptr, int datatype, LONGLONG firstelem, LONGLONG nelem, void *nulval, void *array, int *anynul, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffgpv")]
    public static partial int ReadPixels(FitsHandle file, int type, long firstElement, long count, void* nullValue, void* pixels, out int anyNull, ref int status);

    // int ffpscl(fitsfile *fptr, double scale, double zeroval, int *status): for reading and writing from now on, whatever the header says
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffpscl")]
    public static partial int SetScale(FitsHandle file, double scale, double zero, ref int status);

    // int ffcrimll(fitsfile *fptr, int bitpix, int naxis, LONGLONG *naxes, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffcrimll")]
    public static partial int CreateImage(FitsHandle file, int bitpix, int naxis, ref long axes, ref int status);

    // int ffppr(fitsfile *fptr, int datatype, LONGLONG firstelem, LONGLONG nelem, void *array, int *status)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffppr")]
    public static partial int WritePixels(FitsHandle file, int type, long firstElement, long count, void* pixels, ref int status);

    // void ffgerr(int status, char *errtext)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffgerr")]
    public static partial void GetStatusText(int status, ref byte text);

    // void ffcmsg(void)
    [LibraryImport(NativeLibraries.CFitsio, EntryPoint = "ffcmsg")]
    public static partial void ClearMessages();
}
