using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>A TurboJPEG compressor or decompressor.</summary>
internal sealed class TurboJpegHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => TurboJpeg.Destroy(handle) == 0;
}
