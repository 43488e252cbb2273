using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>libpng's simplified API: the only one that reports by return code rather than longjmp.</summary>
internal static partial class LibPng
{
    public const uint Version = 1; // PNG_IMAGE_VERSION
    public const uint FormatAlpha = 0x01;
    public const uint FormatColor = 0x02;
    public const uint FormatLinear = 0x04; // two bytes a sample
    public const uint FlagFast = 0x02; // PNG_IMAGE_FLAG_FAST: no filter choice, quick deflate

    static LibPng() => NativeLibraries.Register();

    // int png_image_begin_read_from_memory(png_imagep image, png_const_voidp memory, size_t size)
    [LibraryImport(NativeLibraries.LibPng, EntryPoint = "png_image_begin_read_from_memory")]
    public static partial int BeginRead(ref Image image, in byte memory, nuint size);

    // int png_image_finish_read(png_imagep image, png_const_colorp background, void *buffer, png_int_32 row_stride, void *colormap)
    [LibraryImport(NativeLibraries.LibPng, EntryPoint = "png_image_finish_read")]
    public static partial int FinishRead(ref Image image, nint background, ref byte buffer, int rowStride, nint colormap);

    // void png_image_free(png_imagep image)
    [LibraryImport(NativeLibraries.LibPng, EntryPoint = "png_image_free")]
    public static partial void Free(ref Image image);

    // int png_image_write_to_memory(png_imagep image, void *memory, png_alloc_size_t *memory_bytes, int convert_to_8_bit, const void *buffer, png_int_32 row_stride, const void *colormap)
    [LibraryImport(NativeLibraries.LibPng, EntryPoint = "png_image_write_to_memory")]
    public static partial int Write(ref Image image, ref byte memory, ref nuint memoryBytes, int convertTo8Bit, in byte buffer, int rowStride, nint colormap);

    /// <summary>png_image of png.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Image
    {
        public nint Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint ColormapEntries;
        public uint WarningOrError;
        public MessageText Message;
    }

    [InlineArray(64)]
    internal struct MessageText
    {
        private byte _first;
    }
}
