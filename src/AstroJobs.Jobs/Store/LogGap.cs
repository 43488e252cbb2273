using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// The place in a long task.log where its middle was left out. The first 64 KiB of a log always stay; then follows a line of fixed length that
/// says how much is missing; then the end of the log. Offsets given to callers count the missing bytes, so that they stay true when more is left out.
/// </summary>
/// <param name="LeftOut">How many bytes of the log are not in the file; 0 for a whole log.</param>
internal readonly record struct LogGap(long LeftOut)
{
    /// <summary>Where the line begins.</summary>
    public const int HeadBytes = 64 << 10;

    /// <summary>The length of the line.</summary>
    public const int LineBytes = 64;

    private const string Before = "[... ";
    private const string Format = "D21";
    private const int NumberBytes = 21;
    private const string After = " bytes of this log were left out ...]\n";

    /// <summary>By how much an offset behind the gap is greater than its place in the file.</summary>
    private long Shift => LeftOut == 0 ? 0 : LeftOut - LineBytes;

    public static LogGap Read(SafeFileHandle file)
    {
        var line = new byte[LineBytes];
        if (RandomAccess.Read(file, line, HeadBytes) < LineBytes)
            return default;
        var text = Encoding.ASCII.GetString(line);
        var isLine = text.StartsWith(Before, StringComparison.Ordinal) && text.EndsWith(After, StringComparison.Ordinal);
        return isLine && long.TryParse(text.AsSpan(Before.Length, NumberBytes), NumberStyles.None, CultureInfo.InvariantCulture, out var leftOut) ? new LogGap(leftOut) : default;
    }

    /// <summary>The gap once the file's bytes from the gap up to <paramref name="place"/> are left out as well.</summary>
    public LogGap WidenTo(long place) => new(LeftOut == 0 ? place - HeadBytes : LeftOut + place - HeadBytes - LineBytes);

    public byte[] ToLine() => Encoding.ASCII.GetBytes(Before + LeftOut.ToString(Format, CultureInfo.InvariantCulture) + After);

    /// <summary>The offset of a place in the file.</summary>
    public long OffsetOf(long place) => place <= HeadBytes ? place : place + Shift;

    /// <summary>Where to read on for an offset: at the line that tells of the gap, when what was there is left out.</summary>
    public long PlaceOf(long offset) => offset <= HeadBytes ? offset : Math.Max(HeadBytes, offset - Shift);
}
