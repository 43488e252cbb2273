using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>How the first page of a TIFF stores its samples.</summary>
/// <param name="Components">Samples a pixel, those beyond colour (alpha) included.</param>
/// <param name="IsPlanar">Plane after plane (PlanarConfiguration 2) rather than sample beside sample.</param>
internal sealed record TiffLayout(
    int Width, int Height, int Components, int BitsPerSample, int SampleKind, int Photometric, int Compression, bool IsPlanar, bool IsTiled, bool IsByteSwapped)
{
    private const int MinIsWhite = 0;
    private const int MinIsBlack = 1;
    private const int Rgb = 2;
    private const int ColourFilterArray = 32803;
    private const int LinearRaw = 34892;
    private const int KindUnsigned = 1;
    private const int KindSigned = 2;
    private const int KindFloat = 3;
    private const int KindVoid = 4; // "undefined": taken for unsigned
    private const int NoCompression = 1;

    /// <summary>1 or 3; a palette and anything else that libtiff turns into RGB is 3.</summary>
    public int Channels => Photometric is MinIsWhite or MinIsBlack or ColourFilterArray ? 1 : Components >= 3 || !IsDirect ? 3 : 1;

    public bool IsMosaic => Photometric == ColourFilterArray;

    /// <summary>The stored numbers are the samples: no palette, no colour difference, whole bytes.</summary>
    public bool IsDirect =>
        Photometric is MinIsWhite or MinIsBlack or Rgb or ColourFilterArray or LinearRaw && (SampleKind, BitsPerSample) switch
        {
            (KindUnsigned or KindVoid, 8 or 16 or 32) => true,
            (KindSigned, 8 or 16 or 32) => true,
            (KindFloat, 16 or 32 or 64) => true,
            _ => false,
        };

    public bool IsUncompressedStrips => IsDirect && Compression == NoCompression && !IsTiled;

    public bool IsInverted => Photometric == MinIsWhite;

    public int BytesPerSample => BitsPerSample / 8;

    public SampleFormat Format => (SampleKind, BitsPerSample) switch
    {
        _ when !IsDirect => SampleFormat.UInt8,
        (KindFloat, 64) => SampleFormat.Float64,
        (KindFloat, _) => SampleFormat.Float32,
        (_, 8) => SampleFormat.UInt8,
        (_, 16) => SampleFormat.UInt16,
        _ => SampleFormat.UInt32,
    };

    /// <summary>Stored numbers are raw samples as they are: unsigned 8 or 16 bits, or 32-bit float.</summary>
    public bool IsRaw => !IsDirect || (SampleKind, BitsPerSample) is (KindUnsigned or KindVoid, 8 or 16) or (KindFloat, 32);

    public bool IsSigned => SampleKind == KindSigned;

    public bool IsFloat => SampleKind == KindFloat;

    public static TiffLayout Read(TiffHandle tiff)
    {
        _ = LibTiff.GetField(tiff, LibTiff.TagWidth, out uint width);
        _ = LibTiff.GetField(tiff, LibTiff.TagHeight, out uint height);
        var planar = Short(tiff, LibTiff.TagPlanarConfig);
        return new TiffLayout(
            (int)width, (int)height, Short(tiff, LibTiff.TagSamplesPerPixel), Short(tiff, LibTiff.TagBitsPerSample), Short(tiff, LibTiff.TagSampleFormat),
            Short(tiff, LibTiff.TagPhotometric), Short(tiff, LibTiff.TagCompression), planar == 2, LibTiff.IsTiled(tiff) != 0, LibTiff.IsByteSwapped(tiff) != 0);
    }

    // Some tags have no default in libtiff (photometric): 0 then stands in the out value only by our own hand.
    private static int Short(TiffHandle tiff, uint tag)
    {
        return LibTiff.GetFieldDefaulted(tiff, tag, out ushort value) == 0 ? 0 : value;
    }
}
