using System.Net;
using System.Net.Sockets;

namespace AstroJobs.Testing.VirtualCameras;

/// <summary>
/// A camera on the loopback network that the real gphoto2 takes pictures with (PTP/IP, CIPA DC-005). It shows the simulated sky,
/// knows a few settings, and fails at given shots in given ways.
/// </summary>
public sealed class VirtualCamera : IDisposable
{
    /// <summary>Not beginning with J, S or V: libgphoto2 takes those for a Nikon 1, which has settings of its own.</summary>
    public const string Model = "AstroJobs D780";

    /// <summary>gphoto2 waits 2.5 s for an answer: no test that uses up the pool's threads may be in the way.</summary>
    private const int LeastThreads = 64;

    private readonly VirtualBody _body = new();
    private readonly Lock _lock = new();
    private readonly int _port;
    private TcpListener? _listener;
    private PtpSession? _session;

    /// <param name="port">0 chooses a free one.</param>
    public VirtualCamera(int port = 0)
    {
        ThreadPool.SetMinThreads(LeastThreads, LeastThreads);
        _listener = LoopbackPort.Listen(port);
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = ServeAsync(_listener);
    }

    /// <summary>Its port as gphoto2 writes it.</summary>
    public string Port => $"ptpip:127.0.0.1:{_port}:{_port}";

    /// <summary>Which shot fails how; shots count from 1, retries too.</summary>
    public Func<int, ShotFault> FaultOf
    {
        get => _body.FaultOf;
        set => _body.FaultOf = value;
    }

    /// <summary>This property code cannot be set; 0 for none.</summary>
    public ushort RefusedProperty { get; set; }

    /// <summary>So many connections to come are refused: somebody else holds the camera.</summary>
    public int Refusals { get; set; }

    /// <inheritdoc cref="VirtualBody.FixedPicture"/>
    public byte[]? FixedPicture
    {
        get => _body.FixedPicture;
        set => _body.FixedPicture = value;
    }

    /// <inheritdoc cref="VirtualBody.Shots"/>
    public int Shots => _body.Shots;

    /// <inheritdoc cref="VirtualBody.Openings"/>
    public IReadOnlyList<DateTimeOffset> Openings => _body.Openings;

    /// <summary>Whether the shutter is open.</summary>
    public bool IsOpen => _body.IsOpen;

    /// <inheritdoc cref="VirtualBody.LastOpen"/>
    public TimeSpan LastOpen => _body.LastOpen;

    /// <summary>How many times somebody has connected.</summary>
    public int Connections { get; private set; }

    /// <summary>How often two connections were there at once.</summary>
    public int Collisions { get; private set; }

    /// <summary>Names of the pictures that are left on its card.</summary>
    public IReadOnlyList<string> Card => [.. _body.Objects.Where(static stored => stored.Format != PtpCode.Folder).Select(static stored => stored.Name)];

    /// <summary>The cable is pulled.</summary>
    public void Vanish()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
            _session?.Break();
        }
    }

    /// <summary>And plugged in again.</summary>
    public void Return()
    {
        lock (_lock)
            _listener ??= LoopbackPort.Listen(_port);
        _ = ServeAsync(_listener);
    }

    public void Dispose() => Vanish();

    private async Task ServeAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = GreetAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It has vanished.
        }
    }

    /// <summary>The first packet says whether this is the connection for commands or the one for events.</summary>
    private async Task GreetAsync(TcpClient client)
    {
        try
        {
            var connection = new PtpConnection(client);
            var (type, _) = await connection.ReceiveAsync();
            if (type == PtpConnection.EventRequest)
            {
                await connection.SendAsync(PtpConnection.EventAcknowledge, []);
                lock (_lock)
                    _session?.Events = connection;
                return;
            }
            if (TryBegin(connection) is not { } session)
            {
                await connection.SendAsync(PtpConnection.Failed, new DatasetWriter().Int(1).ToArray());
                connection.Dispose();
                return;
            }
            await session.RunAsync();
            lock (_lock)
            {
                if (_session == session)
                    _session = null;
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }

    private PtpSession? TryBegin(PtpConnection connection)
    {
        lock (_lock)
        {
            Connections++;
            if (_session is not null)
                Collisions++;
            if (Refusals > 0)
                Refusals--;
            else if (_session is null)
                return _session = new PtpSession(this, _body, connection);
            return null;
        }
    }
}
