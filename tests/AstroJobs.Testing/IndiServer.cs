using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AstroJobs.Testing;

/// <summary>The real INDI server with its simulators of a camera and a mount, on a port of its own.</summary>
public sealed class IndiServer : IDisposable
{
    private readonly TempFolder _home = new();
    private Process? _process;

    public IndiServer()
    {
        using var probe = LoopbackPort.Listen();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Start();
    }

    public int Port { get; }

    public void Start()
    {
        var start = new ProcessStartInfo("indiserver", ["-p", Port.ToString(CultureInfo.InvariantCulture), "-u", _home.File("local"), "indi_simulator_ccd", "indi_simulator_telescope"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home.Path; // drivers keep their settings there
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        WaitForAnswer();
    }

    /// <summary>Power is cut: the server and its drivers are gone at once.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is not null)
            Kill();
        _home.Dispose();
    }

    private void WaitForAnswer()
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(20))
        {
            try
            {
                using var tcp = new TcpClient("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                // not yet
            }
        }
        throw new TimeoutException("indiserver does not answer.");
    }
}
