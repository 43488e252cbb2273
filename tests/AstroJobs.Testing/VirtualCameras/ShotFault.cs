namespace AstroJobs.Testing.VirtualCameras;

/// <summary>What goes wrong at one shot of the virtual camera.</summary>
public enum ShotFault
{
    None,

    /// <summary>It answers that it is busy until gphoto2 gives up; the next try finds it ready.</summary>
    Busy,

    /// <summary>The shutter never comes back.</summary>
    Hang,

    /// <summary>The connection is gone when it is asked for the picture.</summary>
    Drop,

    /// <summary>The picture is taken, and the connection goes in the middle of its download.</summary>
    DropInDownload,

    /// <summary>Every answer of this shot takes half a second.</summary>
    Slow,

    /// <summary>The card is full.</summary>
    CardFull,

    /// <summary>It does not release: no focus.</summary>
    Unfocused,
}
