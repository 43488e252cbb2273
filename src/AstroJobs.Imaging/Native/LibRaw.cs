using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace AstroJobs.Imaging.Native;

/// <summary>
/// LibRaw's C API. Of libraw_data_t, whose layout changes with every release, only the first field is read, the picture, which has always been
/// first; all else comes from accessor functions and from the unchanged heads of the structures that these lead to.
/// </summary>
internal static unsafe partial class LibRaw
{
    public const uint QuietOnDataErrors = 2; // LIBRAW_OPIONS_NO_DATAERR_CALLBACK
    public const int NoFilter = 6; // what libraw_COLOR answers for a picture that is no mosaic
    public const int Components = 4; // of one pixel of the picture: red, green, blue, second green

    static LibRaw() => NativeLibraries.Register();

    // libraw_data_t *libraw_init(unsigned int flags)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_init")]
    public static partial LibRawHandle Init(uint flags);

    // void libraw_close(libraw_data_t *)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_close")]
    public static partial void Close(nint raw);

    // int libraw_open_file(libraw_data_t *, const char *)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_open_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenFile(LibRawHandle raw, string path);

    // int libraw_unpack(libraw_data_t *)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_unpack")]
    public static partial int Unpack(LibRawHandle raw);

    // int libraw_raw2image(libraw_data_t *): the visible area into the picture, black level and all
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_raw2image")]
    public static partial int MakePicture(LibRawHandle raw);

    // void libraw_subtract_black(libraw_data_t *)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_subtract_black")]
    public static partial void SubtractBlack(LibRawHandle raw);

    // int libraw_dcraw_process(libraw_data_t *)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_dcraw_process")]
    public static partial int Process(LibRawHandle raw);

    // void libraw_set_output_color(libraw_data_t *lr, int value): 0 leaves the camera's own colours
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_set_output_color")]
    public static partial void SetOutputColour(LibRawHandle raw, int value);

    // void libraw_set_user_mul(libraw_data_t *lr, int index, float val)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_set_user_mul")]
    public static partial void SetMultiplier(LibRawHandle raw, int index, float value);

    // int libraw_COLOR(libraw_data_t *, int row, int col): an index of the picture's components
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_COLOR")]
    public static partial int ColourAt(LibRawHandle raw, int row, int column);

    // int libraw_get_iwidth(libraw_data_t *lr)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_get_iwidth")]
    public static partial int Width(LibRawHandle raw);

    // int libraw_get_iheight(libraw_data_t *lr)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_get_iheight")]
    public static partial int Height(LibRawHandle raw);

    // int libraw_get_color_maximum(libraw_data_t *lr)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_get_color_maximum")]
    public static partial int White(LibRawHandle raw);

    // float libraw_get_cam_mul(libraw_data_t *lr, int index)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_get_cam_mul")]
    public static partial float CameraMultiplier(LibRawHandle raw, int index);

    // const char *libraw_strerror(int errorcode)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_strerror")]
    [return: MarshalUsing(typeof(BorrowedText))]
    public static partial string ErrorText(int code);

    /// <summary>After <see cref="MakePicture"/> or <see cref="Process"/>: rows from the top, <see cref="Components"/> numbers a pixel. Empty where there is none.</summary>
    public static Span<ushort> Picture(LibRawHandle raw)
    {
        var first = *(ushort**)raw.DangerousGetHandle(); // ushort (*image)[4]
        return first is null ? [] : new Span<ushort>(first, checked(Width(raw) * Height(raw) * Components));
    }

    public static Exposure ReadExposure(LibRawHandle raw) => *GetOther(raw);

    public static string Make(LibRawHandle raw) => Text(GetParameters(raw) + 4);

    public static string Model(LibRawHandle raw) => Text(GetParameters(raw) + 4 + 64);

    // void libraw_set_dataerror_handler(libraw_data_t *, data_callback func, void *datap)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_set_dataerror_handler")]
    internal static partial void SetDataErrorHandler(LibRawHandle raw, delegate* unmanaged[Cdecl]<void*, byte*, int, void> handler, void* data);

    // libraw_imgother_t *libraw_get_imgother(libraw_data_t *lr)
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_get_imgother")]
    private static partial Exposure* GetOther(LibRawHandle raw);

    // libraw_iparams_t *libraw_get_iparams(libraw_data_t *lr): char guard[4], make[64], model[64], …
    [LibraryImport(NativeLibraries.LibRaw, EntryPoint = "libraw_get_iparams")]
    private static partial byte* GetParameters(LibRawHandle raw);

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text)!;

    /// <summary>The head of libraw_imgother_t.</summary>
    /// <param name="Shutter">Seconds.</param>
    /// <param name="FocalLength">Millimetres.</param>
    /// <param name="Timestamp">Seconds since 1970 as the camera's clock, taken for local time by the C library, has them.</param>
    internal readonly record struct Exposure(float Iso, float Shutter, float Aperture, float FocalLength, nint Timestamp);
}
