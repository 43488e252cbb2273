using System.Runtime.InteropServices;
using System.Text;

namespace AstroJobs.Jobs.Processes;

/// <summary>Reads a program's output as it comes and hands on its lines. Memory stays flat whatever the program prints: a long line is cut, of the whole only the end is kept.</summary>
/// <param name="line">Called for every line; <c>\n</c> and <c>\r\n</c> end one. Of a progress bar, which <c>\r</c> draws anew, the last state, and one every ten seconds on the way.</param>
/// <param name="heard">Called with every piece as it comes, for who waits for a prompt, which no line ends.</param>
internal sealed class LinePump(Stream output, int keepBytes, Action<string> line, TimeProvider time, Action<string>? heard = null) : IDisposable
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromSeconds(10);

    /// <summary>Longer lines are handed on in pieces of this size.</summary>
    private const int MaxLineBytes = 8192;

    private readonly MemoryStream _kept = new();
    private readonly List<byte> _line = [];
    private string? _overwritten;
    private long _lastLine = time.GetTimestamp();

    private long _total;

    /// <summary>False once there was more than is kept.</summary>
    public bool IsComplete => _total <= keepBytes;

    /// <summary>Bytes read so far.</summary>
    public long Total => Volatile.Read(ref _total);

    public string Kept => Encoding.UTF8.GetString(Tail);

    private ReadOnlySpan<byte> Tail => _kept.GetBuffer().AsSpan(0, (int)_kept.Length)[^(int)Math.Min(keepBytes, _kept.Length)..];

    public async Task RunAsync(CancellationToken cancellation)
    {
        var buffer = new byte[65536];
        int count;
        while ((count = await output.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            Keep(buffer.AsSpan(0, count));
            Split(buffer.AsSpan(0, count));
            heard?.Invoke(Encoding.UTF8.GetString(buffer, 0, count));
        }
        EndLine();
    }

    public void Dispose() => _kept.Dispose();

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _total += bytes.Length;
        _kept.Write(bytes);
        if (_kept.Length <= 2L * keepBytes)
            return;
        var tail = Tail.ToArray();
        _kept.SetLength(0);
        _kept.Write(tail);
    }

    private void Split(ReadOnlySpan<byte> bytes)
    {
        for (int end; (end = bytes.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; bytes = bytes[(end + 1)..])
        {
            Append(bytes[..end]);
            if (bytes[end] == (byte)'\n')
                EndLine();
            else
                Overwrite();
        }
        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, MaxLineBytes - _line.Count);
            _line.AddRange(bytes[..count]);
            bytes = bytes[count..];
            if (_line.Count == MaxLineBytes)
                HandOn(Take(TornCharacter.AtEndOf(CollectionsMarshal.AsSpan(_line))));
        }
    }

    /// <summary>What stands on the line now will be drawn over, unless the line ends here.</summary>
    private void Overwrite()
    {
        if (_line.Count == 0)
            return;
        _overwritten = Take();
        if (time.GetElapsedTime(_lastLine) >= RedrawInterval)
            HandOn(_overwritten);
    }

    private void EndLine()
    {
        if (_line.Count > 0)
            HandOn(Take());
        else if (_overwritten is { } last)
            HandOn(last);
    }

    private void HandOn(string text)
    {
        _overwritten = null;
        _lastLine = time.GetTimestamp();
        line(text);
    }

    /// <param name="carry">How many bytes at the end belong to the next line.</param>
    private string Take(int carry = 0)
    {
        var text = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_line)[..^carry]);
        _line.RemoveRange(0, _line.Count - carry);
        return text;
    }
}
