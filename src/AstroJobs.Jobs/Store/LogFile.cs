using System.Text;
using AstroJobs.Jobs.Native;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// Reads task.log by its end or by offsets; memory does not grow with the file. The file is kept open: one that is moved away is read on, one that
/// a shorter one has replaced is read to its end first.
/// </summary>
/// <param name="locate">Where the log lies now.</param>
public sealed class LogFile(Func<string> locate) : IDisposable
{
    /// <summary>More than this is not given back at once.</summary>
    private const int MaxChunkBytes = 8 << 20;

    private const int MaxCharacterBytes = 4;

    private const int BlockBytes = 65536;

    private SafeFileHandle? _file;

    public LogFile(string path) : this(() => path)
    {
    }

    /// <summary>The last <paramref name="lines"/> lines, of these the last <paramref name="limit"/> bytes, and the offset behind them.</summary>
    public LogChunk Tail(int lines, int limit)
    {
        var file = Open();
        var end = RandomAccess.GetLength(file);
        var start = FindTail(file, end, lines, Math.Min(limit, MaxChunkBytes));
        return Read(file, LogGap.Read(file), start, end, (int)(end - start));
    }

    /// <summary>
    /// At most <paramref name="limit"/> bytes from <paramref name="offset"/> on (8 MiB if that is less, a whole character if that is more), and
    /// the offset to go on at. A character whose end is not written yet is left for the next call. Where the log's middle was left out, reading
    /// goes on with the line that says so.
    /// </summary>
    public LogChunk Read(long offset, int limit)
    {
        var chunk = Read(Open(), offset, limit);
        if (chunk.NextOffset > offset || !WasReplaced())
            return chunk;
        _file!.Dispose();
        _file = null;
        return Read(Open(), offset, limit);
    }

    public void Dispose() => _file?.Dispose();

    private static LogChunk Read(SafeFileHandle file, long offset, int limit)
    {
        var gap = LogGap.Read(file);
        var length = RandomAccess.GetLength(file);
        var start = Math.Clamp(gap.PlaceOf(offset), 0, length);
        var end = gap.LeftOut > 0 && start < LogGap.HeadBytes ? LogGap.HeadBytes : length;
        return Read(file, gap, start, end, Math.Min(limit, MaxChunkBytes));
    }

    private static LogChunk Read(SafeFileHandle file, LogGap gap, long start, long end, int limit)
    {
        var bytes = new byte[Math.Min(Math.Max(limit, MaxCharacterBytes), end - start)];
        var read = RandomAccess.Read(file, bytes, start);
        var whole = WholeCharacters(bytes.AsSpan(0, read), limit);
        return new LogChunk(Encoding.UTF8.GetString(bytes, 0, whole), gap.OffsetOf(start + whole));
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

    private static long FindTail(SafeFileHandle file, long end, int lines, int limit)
    {
        var block = new byte[BlockBytes];
        var found = 0;
        var floor = Math.Max(0, end - limit);
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

    /// <summary>The worker has written a shorter log in the place of this one, which has no name any more (proc(5), /proc/pid/fd).</summary>
    private bool WasReplaced() =>
        new FileInfo($"/proc/self/fd/{FileDescriptor.Number(_file!)}").LinkTarget is { } target && target.EndsWith(" (deleted)", StringComparison.Ordinal) && File.Exists(locate());

    private SafeFileHandle Open() =>
        _file ??= File.OpenHandle(locate(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
