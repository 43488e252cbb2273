namespace AstroJobs.Imaging.Formats;

/// <summary>How the numbers of a FITS image become samples.</summary>
/// <param name="RawFormat">UInt8 or UInt16 where the file holds just that, else Float32.</param>
/// <param name="FullScale">The number that is 1; null for floats whose scale only the pixels tell.</param>
internal readonly record struct FitsScale(SampleFormat RawFormat, float? FullScale)
{
    /// <summary>Our own keyword: the sample value that is full scale. It settles what a float file cannot say otherwise.</summary>
    public const string Keyword = "FULLSCAL";

    /// <summary>Floats beyond this are taken for ADU: a picture in [0,1] stays below it even with overshoot.</summary>
    public const float LargestRelative = 1.5f;

    /// <summary>What float ADU are divided by.</summary>
    public const float AduFullScale = ushort.MaxValue;

    /// <summary>
    /// 8 bits: n / 255. 16 bits, signed or by BZERO unsigned: n / 65535. 32 bits: n / 4294967295. Floats, and integers that BSCALE makes such: as stored,
    /// unless they exceed 1.5, then they are ADU: n / 65535.
    /// </summary>
    public static FitsScale Of(FitsHeader header, int bitpix)
    {
        var (scale, zero) = (header.Number("BSCALE") ?? 1, header.Number("BZERO") ?? 0);
        if (header.PositiveNumber(Keyword) is { } stated)
            return new FitsScale(SampleFormat.Float32, (float)stated);
        if (bitpix is < 0 or 64 || scale != 1)
            return new FitsScale(SampleFormat.Float32, header.PositiveNumber("DATAMAX") is { } max ? Guess((float)max) : null);
        var hasBlanks = header.Has("BLANK") || header.Has("ZBLANK"); // these become NaN, which only floats hold
        return bitpix switch
        {
            8 => new FitsScale(zero == 0 && !hasBlanks ? SampleFormat.UInt8 : SampleFormat.Float32, byte.MaxValue),
            16 => new FitsScale(zero == 32768 && !hasBlanks ? SampleFormat.UInt16 : SampleFormat.Float32, ushort.MaxValue),
            _ => new FitsScale(SampleFormat.Float32, uint.MaxValue),
        };
    }

    public static float Guess(float max) => max > LargestRelative ? AduFullScale : 1;
}
