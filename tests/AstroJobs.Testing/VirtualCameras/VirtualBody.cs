namespace AstroJobs.Testing.VirtualCameras;

/// <summary>
/// The inside of the virtual camera: its settings, its shutter, its card and its memory. It outlives connections, as a camera does;
/// one session at a time talks to it.
/// </summary>
internal sealed class VirtualBody
{
    private const ushort Battery = 0x5001;
    private const ushort Compression = 0x5004;
    private const ushort WhiteBalance = 0x5005;
    private const ushort Aperture = 0x5007;
    private const ushort ExposureTime = 0x500D;
    private const ushort Program = 0x500E;
    private const ushort Iso = 0x500F;
    private const uint Bulb = 0xFFFFFFFF;
    private const uint Pictures = 2;

    /// <summary>gphoto2 asks a hundred times before it gives up.</summary>
    private const int BusyAnswers = 150;

    private static readonly TimeSpan ExposureUnit = TimeSpan.FromMilliseconds(0.1);

    private readonly List<StoredObject> _objects = [new(1, 0, PtpCode.Folder, "DCIM", []), new(Pictures, 1, PtpCode.Folder, "100VIRTU", [])];
    private readonly List<(ushort Code, uint Parameter)> _events = [];
    private uint _nextHandle = 0x1000;
    private int _busyAnswers;
    private bool _toMemory;
    private DateTimeOffset? _shutterCloses;
    private Task<List<(ushort Format, string Name, byte[] Content)>>? _exposure;

    public IReadOnlyList<CameraProperty> Properties { get; } =
    [
        new(Battery, 1, 83),
        new(Compression, 1, 2, 0, 1, 2, 4, 5, 6, 7),
        new(WhiteBalance, 2, 2, 2, 4, 6),
        new(Aperture, 2, 400, 280, 400, 560, 800),
        new(ExposureTime, 4, 1000, 100, 1000, 2000, 5000, 10_000, 20_000, 50_000, 300_000, Bulb),
        new(Program, 2, 1, 1, 2),
        new(Iso, 2, 400, 100, 200, 400, 800, 1600, 3200, 6400),
    ];

    public IReadOnlyList<StoredObject> Objects => _objects;

    /// <summary>How often the shutter was released.</summary>
    public int Shots { get; private set; }

    public ShotFault Fault { get; private set; }

    public Func<int, ShotFault> FaultOf { get; set; } = static _ => ShotFault.None;

    /// <summary>Null draws the simulated sky; a given picture takes no time to make.</summary>
    public byte[]? FixedPicture { get; set; }

    /// <summary>When each shutter opened.</summary>
    public List<DateTimeOffset> Openings { get; } = [];

    public bool IsOpen => _shutterCloses > DateTimeOffset.UtcNow;

    /// <summary>How long the shutter was open at the last bulb exposure.</summary>
    public TimeSpan LastOpen { get; private set; }

    public ushort Release(bool toMemory)
    {
        if (_busyAnswers > 0)
        {
            _busyAnswers--;
            return PtpCode.DeviceBusy;
        }
        Shots++;
        Fault = FaultOf(Shots);
        switch (Fault)
        {
            case ShotFault.Busy:
                _busyAnswers = BusyAnswers;
                return PtpCode.DeviceBusy;
            case ShotFault.CardFull:
                return PtpCode.StoreFull;
            case ShotFault.Unfocused:
                return PtpCode.GeneralError;
        }
        Openings.Add(DateTimeOffset.UtcNow);
        var exposure = Value(ExposureTime);
        _toMemory = toMemory;
        _shutterCloses = exposure == Bulb || Fault == ShotFault.Hang ? DateTimeOffset.MaxValue : DateTimeOffset.UtcNow + (ExposureUnit * exposure);
        _exposure = DrawAsync(Shots, exposure == Bulb ? TimeSpan.FromSeconds(2) : ExposureUnit * exposure);
        return PtpCode.Ok;
    }

    /// <summary>Ends a bulb exposure.</summary>
    public ushort CloseShutter()
    {
        if (_shutterCloses is not null)
        {
            _shutterCloses = DateTimeOffset.UtcNow;
            LastOpen = DateTimeOffset.UtcNow - Openings[^1];
        }
        return PtpCode.Ok;
    }

    public async Task<ushort> AskReadyAsync()
    {
        if (_shutterCloses is not { } closes)
            return PtpCode.Ok;
        if (DateTimeOffset.UtcNow < closes || !_exposure!.IsCompleted) // gphoto2 waits no more than 2.5 s for an answer
            return Value(ExposureTime) == Bulb ? PtpCode.BulbBusy : PtpCode.DeviceBusy;
        _shutterCloses = null;
        foreach (var (format, name, content) in await _exposure!)
            Store(format, name, content);
        _events.Add((PtpCode.CaptureComplete, 0));
        return PtpCode.Ok;
    }

    public byte[] TakeEvents()
    {
        var dataset = new DatasetWriter().Short((ushort)_events.Count);
        foreach (var (code, parameter) in _events)
            dataset.Short(code).Int(parameter);
        _events.Clear();
        return dataset.ToArray();
    }

    public bool Delete(uint handle) => _objects.RemoveAll(stored => stored.Handle == handle) > 0;

    /// <summary>What a camera does when the cable is pulled: what it exposes is given up.</summary>
    public void Interrupt()
    {
        _shutterCloses = null;
        _events.Clear();
        _objects.RemoveAll(static stored => stored.Parent == 0 && stored.Format != PtpCode.Folder);
    }

    private uint Value(ushort code) => Properties.First(property => property.Code == code).Value;

    private void Store(ushort format, string name, byte[] content)
    {
        var stored = new StoredObject(_nextHandle++, _toMemory ? 0 : Pictures, format, name, content);
        _objects.Add(stored);
        _events.Add((_toMemory ? PtpCode.ObjectAddedInMemory : PtpCode.ObjectAdded, stored.Handle));
    }

    private async Task<List<(ushort Format, string Name, byte[] Content)>> DrawAsync(int shot, TimeSpan exposure)
    {
        var files = new List<(ushort Format, string Name, byte[] Content)>();
        var compression = Value(Compression);
        if (compression >= 4)
            files.Add((PtpCode.Raw, $"DSC_{shot:0000}.NEF", await PictureAsync(shot, exposure, isRaw: true)));
        if (compression != 4)
            files.Add((PtpCode.Jpeg, $"DSC_{shot:0000}.JPG", await PictureAsync(shot, exposure, isRaw: false)));
        return files;
    }

    private Task<byte[]> PictureAsync(int shot, TimeSpan exposure, bool isRaw) =>
        FixedPicture is { } picture ? Task.FromResult(picture) : Task.Run(() => SkyPictures.DrawAsync(shot, exposure, Value(Iso), isRaw));
}
