using System.Globalization;
using System.Net;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>Text and numbers as a page shows them. Nothing reaches a page but through here.</summary>
internal static class Html
{
    public static string Text(string? text) => WebUtility.HtmlEncode(text) ?? "";

    /// <summary>A dash for what is not known.</summary>
    public static string Number(double? value, string format = "0.##") => value is { } known && double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : "–";

    /// <summary>With as many digits as tell small numbers apart.</summary>
    public static string Figures(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.001 ? "0.##E0" : "0.####", CultureInfo.InvariantCulture);

    public static string Percent(double? share) => share is { } known ? (known * 100).ToString(known is > 0 and < 0.001 ? "0.0000" : "0.00", CultureInfo.InvariantCulture) + " %" : "–";

    public static string Duration(double? seconds)
    {
        if (seconds is not { } known)
            return "–";
        var time = TimeSpan.FromSeconds(known);
        return time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{known:0.##} s")
            : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min");
    }

    public static string Bytes(long? bytes) => bytes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1048576.0:0} MiB") : "–";

    public static string DataUri(string mediaType, byte[] bytes) => $"data:{mediaType};base64,{Convert.ToBase64String(bytes)}";
}
