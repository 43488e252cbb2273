using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Native;

/// <summary>What the C library offers for large blocks of memory.</summary>
internal static unsafe partial class LibC
{
    private const int HugePage = 2 << 20;
    private const int WantHugePages = 14; // MADV_HUGEPAGE
    private const int WorthIt = 2 * HugePage;

    private const int MappedFrom = -3; // M_MMAP_THRESHOLD
    private const int KeptAtMost = -1; // M_TRIM_THRESHOLD
    private const int LargeBlock = 1 << 20;

    /// <summary>
    /// From now on, blocks of 1 MiB and more are the system's again as soon as they are freed. glibc learns otherwise from the first of them, and keeps up
    /// to 64 MiB a thread.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        _ = SetAllocation(MappedFrom, LargeBlock);
        _ = SetAllocation(KeptAtMost, 2 * LargeBlock);
    }

    /// <summary>
    /// Asks that a block that nobody has touched yet be made of large pages: to get it takes a tenth of the time, to walk over it less. Only those
    /// that lie within the block whole, so it takes no more memory. A kernel that has none does without.
    /// </summary>
    public static void WantLargePages(nint start, long length)
    {
        var first = (start + HugePage - 1) & -HugePage;
        var end = (nint)((start + length) & -HugePage);
        if (length >= WorthIt && end > first)
            _ = Advise((void*)first, (nuint)(end - first), WantHugePages);
    }

    // int madvise(void *addr, size_t length, int advice)
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);

    // int mallopt(int param, int value)
    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocation(int parameter, int value);
}
