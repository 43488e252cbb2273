using System.Globalization;
using System.Text;

namespace AstroJobs.Jobs.Running;

/// <summary>Slot names as file names: <c>camera:usb:001,004</c> must not become a path.</summary>
internal static class SlotNames
{
    /// <summary>No name begins with it: a plus inside a name is escaped.</summary>
    private const string NoSlot = "+none";

    private const string Empty = "~";

    /// <summary>Stands between a name and how many of it are needed, when that is more than one. Inside a name it is escaped.</summary>
    private const char Times = '~';

    /// <summary>The order does not matter: <c>cpu~2+exclusive%3Amount</c>.</summary>
    public static string Encode(IReadOnlyList<string> slots)
    {
        var names = new List<string>();
        foreach (var need in SlotNeed.Of(slots))
            names.Add(need.Count == 1 ? Encode(need.Name) : $"{Encode(need.Name)}{Times}{need.Count.ToString(CultureInfo.InvariantCulture)}");
        if (names.Count > 1)
            names.Sort(StringComparer.Ordinal);
        return names.Count == 0 ? NoSlot : string.Join('+', names);
    }

    /// <summary>Letters, digits, dash and underscore stand for themselves, every other byte of the UTF-8 text for %XX.</summary>
    public static string Encode(string slot)
    {
        if (slot.Length == 0)
            return Empty;
        var encoded = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(slot))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_')
                encoded.Append((char)value);
            else
                encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }

    public static IReadOnlyList<string> Decode(string encoded) => encoded == NoSlot ? [] : [.. encoded.Split('+').SelectMany(DecodeNeed)];

    private static IEnumerable<string> DecodeNeed(string encoded)
    {
        var times = encoded.LastIndexOf(Times);
        return times > 0 && int.TryParse(encoded.AsSpan(times + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Enumerable.Repeat(DecodeOne(encoded[..times]), count)
            : [DecodeOne(encoded)];
    }

    /// <summary>Not by System.Uri: its assembly costs every submit a millisecond.</summary>
    private static string DecodeOne(string encoded)
    {
        if (encoded == Empty)
            return "";
        var bytes = new List<byte>();
        for (var i = 0; i < encoded.Length; i++)
        {
            var isEscape = encoded[i] == '%' && i + 2 < encoded.Length;
            bytes.Add(isEscape ? byte.Parse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : (byte)encoded[i]);
            i += isEscape ? 2 : 0;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
