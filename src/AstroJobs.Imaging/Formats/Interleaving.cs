using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AstroJobs.Imaging.Formats;

/// <summary>Between pixels stored sample beside sample (RGBRGB…) and rows of one channel.</summary>
/// <remarks>
/// Extraction of one of three channels takes 48 bytes a step as three vectors of 16: byte j of the channel's next 16 lies at
/// ((j / size) · 3 + channel) · size + j mod size; each vector is shuffled so that the bytes it holds land on their j and the others are 0, and the three are or-ed.
/// </remarks>
internal static class Interleaving
{
    private const int Lanes = 16;

    /// <param name="components">Samples a pixel in <paramref name="pixels"/>.</param>
    /// <param name="size">Bytes a sample: 1, 2 or 4.</param>
    public static void Extract(ReadOnlySpan<byte> pixels, int channel, int components, int size, Span<byte> row)
    {
        if (components == 1)
        {
            pixels[..row.Length].CopyTo(row);
            return;
        }
        var done = components == 3 && Vector128.IsHardwareAccelerated ? ExtractOfThree(pixels, channel, size, row) : 0;
        ExtractScalar(pixels[(done * components)..], channel, components, size, row[done..]);
    }

    /// <summary>Puts one channel's row into its place among the pixels.</summary>
    public static void Insert(ReadOnlySpan<byte> row, int channel, int components, int size, Span<byte> pixels)
    {
        if (components == 1)
            row.CopyTo(pixels);
        else if (size == 1)
            Insert(row, channel, components, pixels);
        else if (size == 2)
            Insert(MemoryMarshal.Cast<byte, ushort>(row), channel, components, MemoryMarshal.Cast<byte, ushort>(pixels));
        else
            Insert(MemoryMarshal.Cast<byte, uint>(row), channel, components, MemoryMarshal.Cast<byte, uint>(pixels));
    }

    internal static void ExtractScalar(ReadOnlySpan<byte> pixels, int channel, int components, int size, Span<byte> row)
    {
        if (size == 1)
            Extract(pixels, channel, components, row);
        else if (size == 2)
            Extract(MemoryMarshal.Cast<byte, ushort>(pixels), channel, components, MemoryMarshal.Cast<byte, ushort>(row));
        else
            Extract(MemoryMarshal.Cast<byte, uint>(pixels), channel, components, MemoryMarshal.Cast<byte, uint>(row));
    }

    private static int ExtractOfThree(ReadOnlySpan<byte> pixels, int channel, int size, Span<byte> row)
    {
        Span<byte> indices = stackalloc byte[3 * Lanes];
        indices.Fill(byte.MaxValue); // an index out of range shuffles a 0 in
        for (var j = 0; j < Lanes; j++)
        {
            var source = (((j / size * 3) + channel) * size) + (j % size);
            indices[(source / Lanes * Lanes) + j] = (byte)(source % Lanes);
        }
        var (first, second, third) = (Vector128.Create(indices), Vector128.Create(indices[Lanes..]), Vector128.Create(indices[(2 * Lanes)..]));
        var done = 0;
        for (; done <= row.Length - Lanes; done += Lanes)
        {
            var source = pixels.Slice(done * 3, 3 * Lanes);
            var lanes = Vector128.Shuffle(Vector128.Create(source), first)
                | Vector128.Shuffle(Vector128.Create(source[Lanes..]), second)
                | Vector128.Shuffle(Vector128.Create(source[(2 * Lanes)..]), third);
            lanes.CopyTo(row[done..]);
        }
        return done;
    }

    private static void Extract<T>(ReadOnlySpan<T> pixels, int channel, int components, Span<T> row)
    {
        for (int x = 0, i = channel; x < row.Length; x++, i += components)
            row[x] = pixels[i];
    }

    private static void Insert<T>(ReadOnlySpan<T> row, int channel, int components, Span<T> pixels)
    {
        for (int x = 0, i = channel; x < row.Length; x++, i += components)
            pixels[i] = row[x];
    }
}
