using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>An open fitsfile*.</summary>
internal sealed class FitsHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>Closes now and answers CFITSIO's status: what was buffered may only here find the disk full.</summary>
    public int CloseWithStatus()
    {
        var status = 0;
        if (!IsInvalid && !IsClosed)
        {
            _ = CFitsio.Close(handle, ref status);
            SetHandleAsInvalid();
        }
        return status;
    }

    protected override bool ReleaseHandle()
    {
        var status = 0;
        return CFitsio.Close(handle, ref status) == 0;
    }
}
