using System.Globalization;
using AstroJobs.Jobs;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras;

/// <summary>Whether the next shot finds room on the disk, judged by the largest one so far: a series ends before the disk is full, and what it has is whole.</summary>
/// <param name="folder">Where the files go.</param>
/// <param name="keepFree">Bytes that must stay free in any case.</param>
/// <param name="freeBytes">What is free where a folder lies.</param>
internal sealed class DiskRoom(string folder, long keepFree, ILogger log, Func<string, long> freeBytes)
{
    /// <summary>For the records of the shots, the log, and the end of the job.</summary>
    private const long Margin = 1 << 20;

    private long _largest;
    private bool _isWarned;

    public DiskRoom(string folder, long keepFree, ILogger log) : this(folder, keepFree, log, static folder => new DriveInfo(folder).AvailableFreeSpace)
    {
    }

    /// <summary>Learns how much room a shot takes.</summary>
    public void Learn(IEnumerable<string> files) => _largest = Math.Max(_largest, files.Select(static file => new FileInfo(file)).Where(static file => file.Exists).Sum(static file => file.Length));

    /// <summary>Says once in the log when there is not room for all that are to come.</summary>
    /// <param name="shotsToCome">With the next one.</param>
    /// <exception cref="JobException"><c>disk_full</c>: the next shot does not fit.</exception>
    public void Check(int shotsToCome)
    {
        var free = freeBytes(folder);
        var spare = free - Math.Max(keepFree, Margin);
        if (spare < _largest || free < keepFree)
            throw new JobException(
                ErrorCode.DiskFull,
                $"{Mebibytes(free)} are free on the disk, and {(keepFree > 0 ? $"{Mebibytes(keepFree)} are to stay free" : "that is too little for one more shot")}. What was taken is kept.",
                "Free some space (`astrojobs prune`), then let it go on with `astrojobs resume`.");
        if (_isWarned || _largest == 0 || spare / _largest >= shotsToCome)
            return;
        _isWarned = true;
        log.LogWarning("The disk has room for about {Room} of the {Shots} shots to come ({Free} free, {Largest} a shot)", spare / _largest, shotsToCome, Mebibytes(free), Mebibytes(_largest));
    }

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB");
}
