using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>A failure that gphoto2 told of.</summary>
internal sealed class Gphoto2Exception(Gphoto2Trouble trouble, string message, string hint) : JobException(CodeOf(trouble), message, hint)
{
    public Gphoto2Trouble Trouble => trouble;

    private static string CodeOf(Gphoto2Trouble trouble) => trouble switch
    {
        Gphoto2Trouble.Busy or Gphoto2Trouble.Held => ErrorCode.CameraBusy,
        Gphoto2Trouble.Away => ErrorCode.CameraNotFound,
        Gphoto2Trouble.CardFull => ErrorCode.DiskFull,
        Gphoto2Trouble.Impossible => ErrorCode.BadInput,
        _ => ErrorCode.CameraFailed,
    };
}
