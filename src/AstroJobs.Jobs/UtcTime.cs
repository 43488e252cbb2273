namespace AstroJobs.Jobs;

/// <summary>Times as the JSON has them: <c>2026-11-21T03:04:05.678Z</c>.</summary>
public static class UtcTime
{
    /// <summary>By hand: the platform's formatter is compiled anew in every process.</summary>
    public static string Text(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        Span<char> text = stackalloc char[24];
        "0000-00-00T00:00:00.000Z".CopyTo(text);
        Put(text[..4], utc.Year);
        Put(text[5..7], utc.Month);
        Put(text[8..10], utc.Day);
        Put(text[11..13], utc.Hour);
        Put(text[14..16], utc.Minute);
        Put(text[17..19], utc.Second);
        Put(text[20..23], utc.Millisecond);
        return new string(text);
    }

    private static void Put(Span<char> digits, int value)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value /= 10)
            digits[i] = (char)('0' + (value % 10));
    }
}
