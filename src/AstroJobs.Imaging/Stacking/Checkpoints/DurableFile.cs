using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>A small file that is there whole or not at all: written beside, synced, renamed, with a sum of its bytes at its end.</summary>
internal static class DurableFile
{
    public static void Write(string path, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
            write(writer);
        bytes.Write(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        var partial = path + ".partial";
        using (SafeFileHandle file = File.OpenHandle(partial, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), 0);
            RandomAccess.FlushToDisk(file);
        }
        File.Move(partial, path, overwrite: true);
    }

    /// <returns>False when it is absent or spoilt.</returns>
    public static bool TryRead(string path, Action<BinaryReader> read)
    {
        if (!File.Exists(path))
            return false;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < SHA256.HashSizeInBytes || !SHA256.HashData(bytes.AsSpan(..^SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^SHA256.HashSizeInBytes..)))
            return false;
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, bytes.Length - SHA256.HashSizeInBytes));
        read(reader);
        return true;
    }
}
