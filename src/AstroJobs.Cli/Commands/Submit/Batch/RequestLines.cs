using System.Buffers;

namespace AstroJobs.Cli.Commands.Submit.Batch;

/// <summary>Reads lines as they come, none kept that is longer than a request can be.</summary>
internal sealed class RequestLines(Stream input)
{
    /// <summary>The kernel takes no longer argument list by far.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly byte[] _block = new byte[65536];
    private readonly ArrayBufferWriter<byte> _line = new();
    private ReadOnlyMemory<byte> _unread;
    private int _number;

    /// <summary>Null at the end. What is returned holds until the next call.</summary>
    public async Task<RequestLine?> NextAsync(CancellationToken cancellation)
    {
        _line.ResetWrittenCount();
        var isTooLong = false;
        var isBegun = false;
        while (_unread.Length > 0 || await FillAsync(cancellation).ConfigureAwait(false))
        {
            isBegun = true;
            var end = _unread.Span.IndexOf((byte)'\n');
            var part = end < 0 ? _unread : _unread[..end];
            isTooLong |= _line.WrittenCount + part.Length > MaxBytes;
            if (!isTooLong)
                _line.Write(part.Span);
            _unread = _unread[(end < 0 ? part.Length : end + 1)..];
            if (end >= 0)
                break;
        }
        return isBegun ? new RequestLine(++_number, isTooLong ? (ReadOnlyMemory<byte>?)null : _line.WrittenMemory) : null;
    }

    /// <summary>A read from a terminal or a pipe cannot be cancelled: then it is not waited for.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        var count = await Task.Run(() => input.Read(_block), CancellationToken.None).WaitAsync(cancellation).ConfigureAwait(false);
        _unread = _block.AsMemory(0, count);
        return count > 0;
    }
}
