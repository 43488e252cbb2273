using System.Net.Sockets;
using System.Text;
using System.Xml;
using AstroJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>A connection to an INDI server, with what it has told of its devices. Protocol: INDI 1.7 (XML over TCP).</summary>
internal sealed class IndiClient : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly IndiReader _reader;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Device, string Name), IndiProperty> _properties = [];
    private readonly Task _listening;
    private TaskCompletionSource _changed = NewSource();
    private bool _isLost;
    private int _definitions;
    private string? _blobFormat;
    private string _lastMessage = "";

    private IndiClient(TcpClient tcp, string blobFile, ILogger log, TimeProvider time)
    {
        (_tcp, _log, _time) = (tcp, log, time);
        _reader = new IndiReader(tcp.GetStream(), blobFile);
        _listening = ListenAsync();
    }

    /// <summary>What the server said last in words.</summary>
    public string LastMessage
    {
        get
        {
            lock (_lock)
                return _lastMessage;
        }
    }

    /// <param name="blobFile">Where pictures go to.</param>
    /// <exception cref="JobException"><c>camera_not_found</c>.</exception>
    public static async Task<IndiClient> ConnectAsync(string host, int port, string blobFile, ILogger log, TimeProvider time, CancellationToken cancellation)
    {
        var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            var client = new IndiClient(tcp, blobFile, log, time);
            await client.SendAsync("<getProperties version=\"1.7\"/>").ConfigureAwait(false);
            return client;
        }
        catch (SocketException error)
        {
            tcp.Dispose();
            throw new JobException(ErrorCode.CameraNotFound, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"No INDI server answers at {host}:{port}: {error.Message}."), "Is indiserver running there, with the camera's driver?", error);
        }
    }

    public IndiProperty? Find(string device, string name)
    {
        lock (_lock)
            return _properties.GetValueOrDefault((device, name));
    }

    /// <summary>All properties of a device; of all where it is null.</summary>
    public IReadOnlyList<IndiProperty> PropertiesOf(string? device)
    {
        lock (_lock)
            return [.. _properties.Values.Where(property => device is null || property.Device == device)];
    }

    /// <summary>
    /// Waits until a driver has worked through all it was sent before. It defines the properties of a camera that has just connected one after the other, and takes requests one by one:
    /// what it is asked to define again comes after them.
    /// </summary>
    /// <param name="patience">For drivers that do not define again what they have defined.</param>
    public async Task SettleAsync(string device, string property, TimeSpan patience, CancellationToken cancellation)
    {
        int before;
        lock (_lock)
            before = _definitions;
        await SendAsync($"<getProperties version=\"1.7\" device=\"{Escape(device)}\" name=\"{Escape(property)}\"/>").ConfigureAwait(false);
        await WaitAsync(() => Find(device, property)?.Definition > before, patience, cancellation).ConfigureAwait(false);
    }

    /// <summary>The format of a picture that has come since the last call; null for none.</summary>
    public string? TakeBlob()
    {
        lock (_lock)
        {
            var format = _blobFormat;
            _blobFormat = null;
            return format;
        }
    }

    public Task SetAsync(IndiProperty property, params (string Element, string Value)[] values)
    {
        var text = new StringBuilder($"<new{property.Kind}Vector device=\"{Escape(property.Device)}\" name=\"{Escape(property.Name)}\">");
        foreach (var (element, value) in values)
            text.Append($"<one{property.Kind} name=\"{Escape(element)}\">{Escape(value)}</one{property.Kind}>");
        return SendAsync(text.Append($"</new{property.Kind}Vector>").ToString());
    }

    public async Task SendAsync(string xml)
    {
        try
        {
            await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(xml + "\n")).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw Lost(error);
        }
    }

    /// <summary>Waits until something is so; false when it was not in time.</summary>
    /// <exception cref="JobException">The connection is lost.</exception>
    public async Task<bool> WaitAsync(Func<bool> isSo, TimeSpan patience, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var late = Task.Delay(patience, _time, over.Token);
        try
        {
            while (true)
            {
                Task changed;
                bool isLost;
                lock (_lock)
                    (changed, isLost) = (_changed.Task, _isLost);
                if (isSo())
                    return true;
                if (isLost)
                    throw Lost(null);
                if (await Task.WhenAny(changed, late).ConfigureAwait(false) == late)
                {
                    cancellation.ThrowIfCancellationRequested();
                    return isSo();
                }
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _listening.ConfigureAwait(false);
        _reader.Dispose();
    }

    private async Task ListenAsync()
    {
        await Task.Yield();
        try
        {
            while (await _reader.ReadAsync().ConfigureAwait(false) is { } message)
                Hear(message);
        }
        catch (Exception error) when (error is IOException or XmlException or ObjectDisposedException or SocketException)
        {
            _log.LogDebug("INDI: {Reason}", error.Message);
        }
        Change(() => _isLost = true);
    }

    private void Hear(IndiMessage message)
    {
        if (message.Text is { Length: > 0 } words)
            _log.LogInformation("{Device}: {Message}", message.Device, words);
        Change(() =>
        {
            _lastMessage = message.Text ?? _lastMessage;
            if (message.BlobFormat is { } format)
                _blobFormat = format;
            else if (message.Tag == "delProperty")
                Forget(message);
            else if (message.Name.Length > 0 && message.Tag[..3] is "def" or "set")
                Keep(message);
        });
    }

    private void Forget(IndiMessage message)
    {
        foreach (var key in _properties.Keys.Where(key => key.Device == message.Device && (message.Name.Length == 0 || key.Name == message.Name)).ToList())
            _properties.Remove(key);
    }

    /// <summary>A set tells values alone: labels and ranges stay as they were defined.</summary>
    private void Keep(IndiMessage message)
    {
        var known = _properties.GetValueOrDefault((message.Device, message.Name));
        var isDefinition = message.Tag[..3] == "def";
        if (known is null && !isDefinition)
            return;
        var elements = known is not null && !isDefinition ? new Dictionary<string, IndiElement>(known.Elements) : [];
        foreach (var (name, element) in message.Elements)
            elements[name] = elements.TryGetValue(name, out var before) ? before with { Value = element.Value } : element;
        var kind = message.Tag[3..].Replace("Vector", "", StringComparison.Ordinal);
        _properties[(message.Device, message.Name)] = new IndiProperty(message.Device, message.Name, kind, message.State ?? known?.State ?? "Idle", elements, isDefinition ? ++_definitions : known!.Definition);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, NewSource());
        }
        changed.TrySetResult();
    }

    private static JobException Lost(Exception? inner) => new(ErrorCode.CameraFailed, "The INDI server has gone.", "Is it running? Its devices come back when it is started again.", inner);

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
