using System.Runtime.InteropServices;
using System.Text;

namespace AstroJobs.Jobs.Processes;

/// <summary>Reads a program's output as it comes and hands on its lines. Memory stays flat whatever the program prints: a long line is cut, of the whole only the end is kept.</summary>
/// <param name="line">Called for every line; <c>\n</c>, <c>\r\n</c> and the <c>\r</c> of progress bars end one.</param>
internal sealed class LinePump(Stream output, int keepBytes, Action<string> line) : IDisposable
{
    /// <summary>Longer lines are handed on in pieces of this size.</summary>
    private const int MaxLineBytes = 8192;

    private readonly MemoryStream _kept = new();
    private readonly List<byte> _line = [];

    private long _total;

    /// <summary>False once there was more than is kept.</summary>
    public bool IsComplete => _total <= keepBytes;

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
        }
        if (_line.Count > 0)
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
        foreach (var value in bytes)
        {
            if (value is (byte)'\n' or (byte)'\r')
            {
                if (_line.Count > 0)
                    EndLine();
                continue;
            }
            _line.Add(value);
            if (_line.Count >= MaxLineBytes)
                EndLine(TornCharacter.AtEndOf(CollectionsMarshal.AsSpan(_line)));
        }
    }

    /// <param name="carry">How many bytes at the end belong to the next line.</param>
    private void EndLine(int carry = 0)
    {
        line(Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_line)[..^carry]));
        _line.RemoveRange(0, _line.Count - carry);
    }
}
