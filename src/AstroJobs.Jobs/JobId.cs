using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace AstroJobs.Jobs;

/// <summary>
/// A job's name: a UUID version 7 as 32 lower-case hex digits, so that names sort by time. Nothing else is ever joined to a path.
/// The 12 bits after the version count 1/4096 ms (RFC 9562 §6.2 method 3): jobs of one caller keep their order within a millisecond.
/// </summary>
public readonly record struct JobId : IComparable<JobId>
{
    public const int Length = 32;

    private readonly string? _text;

    private JobId(string text) => _text = text;

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(ToString()[..12], 16));

    public static JobId New(TimeProvider time)
    {
        var sinceEpoch = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        var milliseconds = sinceEpoch.Ticks / TimeSpan.TicksPerMillisecond;
        var fraction = sinceEpoch.Ticks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond;
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes); // random from the kernel, without loading a cryptography library into every submit
        BinaryPrimitives.WriteInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | fraction);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new JobId(ToHex(bytes));
    }

    /// <summary>Reads a whole id: 32 hex digits in either case, with or without the dashes of a UUID.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (!TryParsePrefix(text, out var prefix) || prefix.Length != Length)
            return false;
        id = new JobId(prefix);
        return true;
    }

    /// <summary>Reads the beginning of an id as 1 to 32 lower-case hex digits.</summary>
    public static bool TryParsePrefix([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? prefix)
    {
        prefix = null;
        Span<char> digits = stackalloc char[Length];
        var count = 0;
        foreach (var character in text ?? "")
        {
            if (character == '-')
                continue;
            if (count == Length || !char.IsAsciiHexDigit(character))
                return false;
            digits[count++] = (char)(character | ' '); // lower case; a digit stays what it is
        }
        if (count == 0)
            return false;
        prefix = new string(digits[..count]);
        return true;
    }

    /// <summary>By hand: the platform's vector code for it is compiled anew in every process.</summary>
    private static string ToHex(ReadOnlySpan<byte> bytes)
    {
        const string digits = "0123456789abcdef";
        Span<char> text = stackalloc char[Length];
        for (var i = 0; i < bytes.Length; i++)
            (text[2 * i], text[(2 * i) + 1]) = (digits[bytes[i] >> 4], digits[bytes[i] & 0xF]);
        return new string(text);
    }

    public static JobId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a job id: an id has {Length} hex digits.");

    public int CompareTo(JobId other) => string.CompareOrdinal(_text, other._text);

    public override string ToString() => _text ?? new string('0', Length);

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;
}
