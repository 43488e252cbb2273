using System.Net;
using System.Net.Sockets;

namespace AstroJobs.Testing;

/// <summary>Ports of servers that go away and come back: from below those that the kernel gives to whoever connects somewhere (ip_local_port_range), who could have it in between.</summary>
public static class LoopbackPort
{
    private const int First = 20_000;
    private const int End = 32_000;

    /// <summary>A listener on a port that nobody has; where <paramref name="port"/> is not 0, on that.</summary>
    public static TcpListener Listen(int port = 0)
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, port == 0 ? Random.Shared.Next(First, End) : port);
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException error) when (port == 0 && error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                listener.Dispose();
            }
        }
    }
}
