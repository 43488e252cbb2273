using System.Buffers.Binary;
using System.Net.Sockets;

namespace AstroJobs.Testing.VirtualCameras;

/// <summary>Packets of PTP/IP: their length with the header, their type, their content.</summary>
internal sealed class PtpConnection : IDisposable
{
    public const uint CommandRequest = 1;
    public const uint CommandAcknowledge = 2;
    public const uint EventRequest = 3;
    public const uint EventAcknowledge = 4;
    public const uint Failed = 5;
    public const uint Operation = 6;
    public const uint Response = 7;
    public const uint StartData = 9;
    public const uint Data = 10;
    public const uint EndData = 12;

    private const int HeaderLength = 8;
    private const int LongestPacket = 1 << 26;

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    public PtpConnection(TcpClient client)
    {
        (_client, _stream) = (client, client.GetStream());
        client.NoDelay = true;
    }

    public async Task<(uint Type, byte[] Content)> ReceiveAsync()
    {
        var header = new byte[HeaderLength];
        await _stream.ReadExactlyAsync(header);
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(header) - HeaderLength;
        if (length is < 0 or > LongestPacket)
            throw new IOException($"A packet of {length} bytes.");
        var content = new byte[length];
        await _stream.ReadExactlyAsync(content);
        return (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)), content);
    }

    public Task SendAsync(uint type, byte[] content) =>
        _stream.WriteAsync((byte[])[.. new DatasetWriter().Int((uint)(HeaderLength + content.Length)).Int(type).ToArray(), .. content]).AsTask();

    public void Dispose() => _client.Dispose();
}
