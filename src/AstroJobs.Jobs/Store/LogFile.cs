using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Store;

/// <summary>Reads task.log by its end or by offsets; memory does not grow with the file. It is opened once: a log that is moved away is read on.</summary>
public sealed class LogFile(string path) : IDisposable
{
    /// <summary>More than this is not given back at once, however long the lines are.</summary>
    private const int MaxChunkBytes = 8 << 20;

    private const int MaxCharacterBytes = 4;

    private const int BlockBytes = 65536;

    private SafeFileHandle? _file;

    /// <summary>The last <paramref name="lines"/> lines and the offset behind them.</summary>
    public LogChunk Tail(int lines)
    {
        var file = Open();
        var end = RandomAccess.GetLength(file);
        var start = FindTail(file, end, lines);
        return Read(file, start, end, (int)(end - start));
    }

    /// <summary>
    /// At most <paramref name="limit"/> bytes from <paramref name="offset"/> on (8 MiB if that is less, a whole character if that is more), and
    /// the offset to go on at. A character whose end is not written yet is left for the next call.
    /// </summary>
    public LogChunk Read(long offset, int limit)
    {
        var file = Open();
        var end = RandomAccess.GetLength(file);
        return Read(file, Math.Clamp(offset, 0, end), end, Math.Min(limit, MaxChunkBytes));
    }

    public void Dispose() => _file?.Dispose();

    private static LogChunk Read(SafeFileHandle file, long start, long end, int limit)
    {
        var bytes = new byte[Math.Min(Math.Max(limit, MaxCharacterBytes), end - start)];
        var read = RandomAccess.Read(file, bytes, start);
        var whole = WholeCharacters(bytes.AsSpan(0, read), limit);
        return new LogChunk(Encoding.UTF8.GetString(bytes, 0, whole), start + whole);
    }

    /// <summary>How many bytes hold whole characters: as many as the limit allows, one character if it allows none.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes, int limit)
    {
        var count = Math.Min(bytes.Length, limit);
        var whole = count - TornCharacter.AtEndOf(bytes[..count]);
        for (var longer = count + 1; whole == 0 && longer <= bytes.Length; longer++)
            whole = longer - TornCharacter.AtEndOf(bytes[..longer]);
        return whole;
    }

    private static long FindTail(SafeFileHandle file, long end, int lines)
    {
        var block = new byte[BlockBytes];
        var found = 0;
        var floor = Math.Max(0, end - MaxChunkBytes);
        for (var position = end; position > floor;)
        {
            var count = (int)Math.Min(BlockBytes, position - floor);
            position -= count;
            var read = RandomAccess.Read(file, block.AsSpan(0, count), position);
            for (var i = read - 1; i >= 0; i--)
            {
                var endsTheFile = position + i == end - 1;
                if (block[i] == (byte)'\n' && !endsTheFile && ++found == lines)
                    return position + i + 1;
            }
        }
        return lines == 0 ? end : floor;
    }

    private SafeFileHandle Open() =>
        _file ??= File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
