using System.IO.Enumeration;

namespace AstroJobs.Jobs.Housekeeping;

/// <summary>How much lies in a folder.</summary>
internal static class FolderSize
{
    /// <summary>A link counts nothing and is not followed: what it points at is not the job's.</summary>
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The lengths of all files; 0 for a folder that is gone.</summary>
    public static long Measure(string folder)
    {
        try
        {
            return new FileSystemEnumerable<long>(folder, static (ref FileSystemEntry entry) => entry.IsDirectory ? 0 : entry.Length, Everything).Sum();
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }
}
