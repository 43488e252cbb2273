using System.Runtime.InteropServices;
using System.Text;
using AstroJobs.Jobs.Native;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// Removes a folder with all that is in it, whatever bytes the names are: the programs of a job may write names that are no UTF-8,
/// and Directory.Delete finds no such file and leaves the folder where one lies.
/// </summary>
internal static unsafe class FolderRemoval
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>What is gone is gone: several may remove one folder at once, or one that is not there. A link goes; what it leads to stays.</summary>
    /// <exception cref="IOException">Something in it cannot be deleted, or somebody goes on making files in it.</exception>
    public static void Remove(string folder)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(folder + '\0'))
            RemoveEntry(Libc.WorkingFolder, name, parentPath: "");
    }

    /// <param name="parentPath">For who is told that something cannot be deleted.</param>
    private static void RemoveEntry(int parent, byte* name, string parentPath)
    {
        if (Libc.UnlinkAt(parent, name, 0) >= 0 || IsGone())
            return;
        if (Errno.Last != Libc.EISDIR)
            throw Failure(name, parentPath);
        var opened = Libc.OpenAt(parent, name, Libc.ReadOnly | Libc.CloseOnExec | Libc.NoFollow, 0);
        if (opened < 0 && IsGone())
            return;
        if (opened < 0)
            throw Failure(name, parentPath);
        using (new SafeFileHandle(opened, ownsHandle: true))
            RemoveEntries(opened, PathOf(name, parentPath));
        if (Libc.UnlinkAt(parent, name, Libc.RemoveFolder) < 0 && !IsGone())
            throw Failure(name, parentPath);
    }

    private static void RemoveEntries(int folder, string path)
    {
        fixed (byte* entries = new byte[BufferBytes])
        {
            nint length;
            while ((length = Libc.ReadFolder(folder, entries, BufferBytes)) > 0)
                for (nint at = 0; at < length; at += ((Libc.FolderEntry*)(entries + at))->Length)
                    RemoveUnlessSelfOrParent(folder, ((Libc.FolderEntry*)(entries + at))->Name, path);
            if (length < 0 && !IsGone())
                throw Errno.Failure($"list '{path}'", Errno.Last);
        }
    }

    private static void RemoveUnlessSelfOrParent(int folder, byte* name, string path)
    {
        if (MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name) is not ([(byte)'.'] or [(byte)'.', (byte)'.']))
            RemoveEntry(folder, name, path);
    }

    private static bool IsGone() => Errno.Last == Libc.ENOENT;

    private static IOException Failure(byte* name, string parentPath) => Errno.Failure($"delete '{PathOf(name, parentPath)}'", Errno.Last);

    private static string PathOf(byte* name, string parentPath) => Path.Combine(parentPath, Marshal.PtrToStringUTF8((nint)name)!);
}
