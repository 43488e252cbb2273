using System.Buffers.Binary;
using System.Text;

namespace AstroJobs.Testing.VirtualCameras;

/// <summary>One initiator's session with the virtual camera: its commands, one after the other, until it goes or is dropped.</summary>
internal sealed class PtpSession(VirtualCamera camera, VirtualBody body, PtpConnection commands)
{
    private const uint Everywhere = 0xFFFFFFFF;
    private const int DataBlock = 65536;

    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(0.5);

    private uint _transaction;

    public PtpConnection? Events { get; set; }

    public async Task RunAsync()
    {
        try
        {
            await commands.SendAsync(PtpConnection.CommandAcknowledge, [.. new DatasetWriter().Int(1).ToArray(), .. new byte[16], .. Encoding.Unicode.GetBytes(VirtualCamera.Model + '\0'), 0, 0, 1, 0]);
            while (await ReadOperationAsync() is { } operation)
                await AnswerAsync(operation.Code, operation.Parameters, operation.Data);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The other side has gone.
        }
        finally
        {
            Break();
            body.Interrupt();
        }
    }

    public void Break()
    {
        commands.Dispose();
        Events?.Dispose();
    }

    private async Task<(ushort Code, uint[] Parameters, byte[] Data)?> ReadOperationAsync()
    {
        var (type, content) = await commands.ReceiveAsync();
        if (type != PtpConnection.Operation)
            return null;
        var sends = BinaryPrimitives.ReadUInt32LittleEndian(content) == 2;
        _transaction = BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(6));
        var parameters = Enumerable.Range(0, (content.Length - 10) / 4).Select(index => BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(10 + (4 * index)))).ToArray();
        return (BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(4)), parameters, sends ? await ReadDataAsync() : []);
    }

    private async Task<byte[]> ReadDataAsync()
    {
        var data = new List<byte>();
        while (true)
        {
            var (type, content) = await commands.ReceiveAsync();
            if (type is PtpConnection.Data or PtpConnection.EndData)
                data.AddRange(content[4..]);
            if (type == PtpConnection.EndData)
                return [.. data];
        }
    }

    private async Task AnswerAsync(ushort code, uint[] parameters, byte[] sent)
    {
        if (body.Fault == ShotFault.Slow)
            await Task.Delay(SlowAnswer);
        switch (code)
        {
            case PtpCode.GetDeviceInfo: await SendAsync(DescribeDevice()); break;
            case PtpCode.GetStorageIds: await SendAsync(new DatasetWriter().Ints(PtpCode.Store).ToArray()); break;
            case PtpCode.GetStorageInfo: await SendAsync(new DatasetWriter().Short(4).Short(3).Short(0).Long(64_000_000_000).Long(32_000_000_000).Int(1000).Text("card").Text("").ToArray()); break;
            case PtpCode.GetObjectHandles: await SendAsync(new DatasetWriter().Ints([.. Children(parameters[2]).Select(static stored => stored.Handle)]).ToArray()); break;
            case PtpCode.GetObjectCount: await RespondAsync(PtpCode.Ok, (uint)Children(parameters[2]).Count()); break;
            case PtpCode.GetObjectInfo: await SendObjectAsync(parameters[0], static stored => stored.Describe()); break;
            case PtpCode.GetObject: await SendObjectAsync(parameters[0], static stored => stored.Content); break;
            case PtpCode.DeleteObject: await RespondAsync(body.Delete(parameters[0]) ? PtpCode.Ok : PtpCode.NoSuchObject); break;
            case PtpCode.GetPropertyDescription: await SendPropertyAsync(parameters[0], static property => property.Describe()); break;
            case PtpCode.GetPropertyValue: await SendPropertyAsync(parameters[0], static property => property.Read()); break;
            case PtpCode.SetPropertyValue: await RespondAsync(Set(parameters[0], sent)); break;
            case PtpCode.GetEvents: await SendAsync(body.TakeEvents()); break;
            case PtpCode.GetVendorProperties: await SendAsync(new DatasetWriter().Shorts().ToArray()); break;
            case PtpCode.DeviceReady: await RespondAsync(await body.AskReadyAsync()); break;
            case PtpCode.TerminateCapture: await RespondAsync(body.CloseShutter()); break;
            case PtpCode.Capture: await RespondAsync(Release(parameters)); break;
            case PtpCode.OpenSession or PtpCode.CloseSession or PtpCode.ChangeCameraMode: await RespondAsync(PtpCode.Ok); break;
            default: await RespondAsync(PtpCode.NotSupported); break;
        }
    }

    private ushort Release(uint[] parameters)
    {
        var answer = body.Release(toMemory: parameters.Length > 1 && parameters[1] == 1);
        if (body.Fault == ShotFault.Drop)
            throw new IOException("The cable is loose.");
        return answer;
    }

    private ushort Set(uint code, byte[] value)
    {
        if (code == camera.RefusedProperty)
            return PtpCode.AccessDenied;
        return body.Properties.FirstOrDefault(property => property.Code == code) is { } known ? known.TrySet(value) ? PtpCode.Ok : PtpCode.WrongValue : PtpCode.NoSuchProperty;
    }

    private IEnumerable<StoredObject> Children(uint parent) => body.Objects.Where(stored => parent == 0 || stored.Parent == (parent == Everywhere ? 0 : parent));

    private Task SendObjectAsync(uint handle, Func<StoredObject, byte[]> part) =>
        body.Objects.FirstOrDefault(stored => stored.Handle == handle) is { } found ? SendAsync(part(found)) : RespondAsync(PtpCode.NoSuchObject);

    private Task SendPropertyAsync(uint code, Func<CameraProperty, byte[]> part) =>
        body.Properties.FirstOrDefault(property => property.Code == code) is { } found ? SendAsync(part(found)) : RespondAsync(PtpCode.NoSuchProperty);

    private async Task SendAsync(byte[] data)
    {
        var transaction = new DatasetWriter().Int(_transaction).ToArray();
        await commands.SendAsync(PtpConnection.StartData, [.. transaction, .. new DatasetWriter().Long((ulong)data.Length).ToArray()]);
        var sent = 0;
        for (; data.Length - sent > DataBlock; sent += DataBlock)
        {
            if (sent > 0 && body.Fault == ShotFault.DropInDownload)
                throw new IOException("The cable is loose.");
            await commands.SendAsync(PtpConnection.Data, [.. transaction, .. data.AsSpan(sent, DataBlock)]);
        }
        await commands.SendAsync(PtpConnection.EndData, [.. transaction, .. data.AsSpan(sent)]);
        await RespondAsync(PtpCode.Ok);
    }

    private Task RespondAsync(ushort code, params uint[] parameters)
    {
        var response = new DatasetWriter().Short(code).Int(_transaction);
        foreach (var parameter in parameters)
            response.Int(parameter);
        return commands.SendAsync(PtpConnection.Response, response.ToArray());
    }

    private byte[] DescribeDevice() => new DatasetWriter()
        .Short(100).Int(PtpCode.NikonVendor).Short(100).Text("").Short(0)
        .Shorts(
            PtpCode.GetDeviceInfo, PtpCode.OpenSession, PtpCode.CloseSession, PtpCode.GetStorageIds, PtpCode.GetStorageInfo, PtpCode.GetObjectCount, PtpCode.GetObjectHandles,
            PtpCode.GetObjectInfo, PtpCode.GetObject, PtpCode.DeleteObject, PtpCode.GetPropertyDescription, PtpCode.GetPropertyValue, PtpCode.SetPropertyValue,
            PtpCode.ChangeCameraMode, PtpCode.GetEvents, PtpCode.DeviceReady, PtpCode.GetVendorProperties, PtpCode.Capture, PtpCode.TerminateCapture)
        .Shorts(PtpCode.ObjectAdded, PtpCode.CaptureComplete)
        .Shorts([.. body.Properties.Select(static property => property.Code)])
        .Shorts(PtpCode.Jpeg).Shorts(PtpCode.Jpeg)
        .Text("AstroJobs").Text(VirtualCamera.Model).Text("1.0").Text("1")
        .ToArray();
}
