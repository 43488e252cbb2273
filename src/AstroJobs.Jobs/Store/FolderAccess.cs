using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Store;

/// <summary>What the kernel lets this process do, asked instead of tried.</summary>
public static class FolderAccess
{
    public static bool CanWrite(string folder) => Libc.Access(folder, Libc.MayWrite) == 0;
}
