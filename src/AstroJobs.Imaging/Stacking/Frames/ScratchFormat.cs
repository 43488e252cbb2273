using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>How the samples of a frame lie in the scratch file.</summary>
internal enum ScratchFormat
{
    /// <summary>As the file had them.</summary>
    UInt8,

    UInt16,
    Float32,

    /// <summary>What calibration made of whole numbers, by <see cref="RootSamples"/>.</summary>
    Root16,
}

internal static class ScratchFormats
{
    /// <summary>The smallest that holds the reader's samples exactly, or to far less than their noise.</summary>
    public static ScratchFormat Of(FrameReader reader) => reader.RawFormat switch
    {
        SampleFormat.UInt8 => ScratchFormat.UInt8,
        SampleFormat.UInt16 => ScratchFormat.UInt16,
        _ => reader.IsMadeOfWholeNumbers ? ScratchFormat.Root16 : ScratchFormat.Float32,
    };

    public static int BytesPerSample(this ScratchFormat format) => format switch
    {
        ScratchFormat.UInt8 => sizeof(byte),
        ScratchFormat.Float32 => sizeof(float),
        _ => sizeof(ushort),
    };

    public static void ToFloat(this ScratchFormat format, ReadOnlySpan<byte> raw, Span<float> samples)
    {
        if (format == ScratchFormat.Root16)
            RootSamples.ToFloat(MemoryMarshal.Cast<byte, ushort>(raw), samples);
        else
            Samples.ToFloat(format == ScratchFormat.UInt8 ? SampleFormat.UInt8 : SampleFormat.UInt16, raw, samples);
    }
}
