namespace AstroJobs.Testing.VirtualCameras;

/// <summary>The codes of the Picture Transfer Protocol (ISO 15740) that the virtual camera speaks, with the Nikon ones that gphoto2 uses for its cameras.</summary>
internal static class PtpCode
{
    public const ushort GetDeviceInfo = 0x1001;
    public const ushort OpenSession = 0x1002;
    public const ushort CloseSession = 0x1003;
    public const ushort GetStorageIds = 0x1004;
    public const ushort GetStorageInfo = 0x1005;
    public const ushort GetObjectCount = 0x1006;
    public const ushort GetObjectHandles = 0x1007;
    public const ushort GetObjectInfo = 0x1008;
    public const ushort GetObject = 0x1009;
    public const ushort GetThumb = 0x100A;
    public const ushort DeleteObject = 0x100B;
    public const ushort GetPropertyDescription = 0x1014;
    public const ushort GetPropertyValue = 0x1015;
    public const ushort SetPropertyValue = 0x1016;
    public const ushort ChangeCameraMode = 0x90C2;
    public const ushort GetEvents = 0x90C7;
    public const ushort DeviceReady = 0x90C8;
    public const ushort GetVendorProperties = 0x90CA;
    public const ushort Capture = 0x9207;
    public const ushort TerminateCapture = 0x920C;

    public const ushort Ok = 0x2001;
    public const ushort GeneralError = 0x2002;
    public const ushort NotSupported = 0x2005;
    public const ushort NoSuchObject = 0x2009;
    public const ushort NoSuchProperty = 0x200A;
    public const ushort StoreFull = 0x200C;
    public const ushort AccessDenied = 0x200F;
    public const ushort DeviceBusy = 0x2019;
    public const ushort WrongValue = 0x201C;
    public const ushort BulbBusy = 0xA200;

    public const ushort ObjectAdded = 0x4002;
    public const ushort CaptureComplete = 0x400D;
    public const ushort ObjectAddedInMemory = 0xC101;

    public const ushort Folder = 0x3001;
    public const ushort Raw = 0x3000;
    public const ushort Jpeg = 0x3801;

    public const uint NikonVendor = 0x0000000A;
    public const uint Store = 0x00010001;
}
