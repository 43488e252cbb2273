using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>Arrays of plain values in a binary file: their count, then their bytes as this machine has them.</summary>
internal static class BinaryArrays
{
    public static void WriteAll<T>(this BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <exception cref="EndOfStreamException">It is torn.</exception>
    public static T[] ReadAll<T>(this BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
