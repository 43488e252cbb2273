using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AstroJobs.Kinds.Tests.Cameras.Indi;

/// <summary>A line to a server on loopback that halts for a while before each occurrence of a word in what the server says.</summary>
internal sealed class SlowLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _serving;

    public SlowLine(int serverPort, string word, TimeSpan halt)
    {
        _listener.Start();
        _serving = ServeAsync(serverPort, word, halt);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _over.Cancel();
        _serving.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task ServeAsync(int serverPort, string word, TimeSpan halt)
    {
        using var client = await _listener.AcceptTcpClientAsync(_over.Token);
        using var server = new TcpClient("127.0.0.1", serverPort);
        var asking = client.GetStream().CopyToAsync(server.GetStream(), _over.Token);
        var buffer = new byte[1 << 16];
        for (int count; (count = await server.GetStream().ReadAsync(buffer, _over.Token)) > 0;)
        {
            var parts = Encoding.Latin1.GetString(buffer, 0, count).Split(word);
            for (var i = 0; i < parts.Length; i++)
            {
                if (i > 0)
                    await Task.Delay(halt, _over.Token);
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(i > 0 ? word + parts[i] : parts[i]), _over.Token);
            }
        }
        await asking;
    }
}
