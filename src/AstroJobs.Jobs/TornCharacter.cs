namespace AstroJobs.Jobs;

/// <summary>A UTF-8 character that begins at the end of some bytes and is not whole.</summary>
internal static class TornCharacter
{
    /// <summary>How many bytes at the end begin a character without ending it: 0 to 3.</summary>
    public static int AtEndOf(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if ((value & 0xC0) == 0x80)
                continue; // a continuation byte: look for its lead
            var needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : value >= 0xC0 ? 2 : 1;
            return needed > back ? back : 0;
        }
        return 0;
    }
}
