namespace AstroJobs.Imaging;

/// <summary>How one sample is stored in a file.</summary>
public enum SampleFormat
{
    /// <summary>8-bit unsigned; read as value / 255.</summary>
    UInt8,

    /// <summary>16-bit unsigned (signed FITS with BZERO 32768 included); read as value / 65535.</summary>
    UInt16,

    /// <summary>32-bit unsigned; read as value / 4294967295.</summary>
    UInt32,

    /// <summary>32-bit IEEE float, as stored.</summary>
    Float32,

    /// <summary>64-bit IEEE float, narrowed to 32 bits when read.</summary>
    Float64,
}
