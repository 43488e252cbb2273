using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>An open TIFF*.</summary>
internal sealed class TiffHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibTiff.Close(handle);
        return true;
    }
}
