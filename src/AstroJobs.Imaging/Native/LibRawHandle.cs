using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>A libraw_data_t*, for one thread at a time; it remembers whether its file ended before its pixels did.</summary>
internal sealed unsafe class LibRawHandle : SafeHandle
{
    private int* _ended;

    public LibRawHandle() : base(0, ownsHandle: true) => _ended = (int*)NativeMemory.AllocZeroed(sizeof(int));

    public override bool IsInvalid => handle == 0;

    /// <summary>LibRaw itself goes on with zeros when a file is too short, and reports success.</summary>
    public bool EndedEarly => *_ended != 0;

    public void WatchForItsEnd() => LibRaw.SetDataErrorHandler(this, &OnDataError, _ended);

    protected override bool ReleaseHandle()
    {
        LibRaw.Close(handle);
        NativeMemory.Free(_ended);
        _ended = null;
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDataError(void* ended, byte* file, int offset)
    {
        if (offset < 0) // −1 says the end of the file; otherwise it is where a value is out of its range
            *(int*)ended = 1;
    }
}
