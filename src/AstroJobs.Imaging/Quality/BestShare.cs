using System.Globalization;

namespace AstroJobs.Imaging.Quality;

/// <summary>How many of the best frames are taken: a part of them (<c>80%</c>) or a number.</summary>
public readonly record struct BestShare(double Value, bool IsPercent)
{
    /// <summary>Null when it is neither.</summary>
    public static BestShare? TryParse(string text)
    {
        var isPercent = text.EndsWith('%');
        var digits = isPercent ? text[..^1].Trim() : text.Trim();
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || !(value > 0))
            return null;
        return isPercent ? (value <= 100 ? new BestShare(value, true) : null) : value == Math.Floor(value) && value <= int.MaxValue ? new BestShare(value, false) : null;
    }

    /// <summary>At least one; a part is rounded to the nearest.</summary>
    public int Of(int frames) => Math.Clamp(IsPercent ? (int)Math.Round(frames * Value / 100, MidpointRounding.AwayFromZero) : (int)Value, 1, frames);

    /// <returns>The least part of so many frames, in percent, that is so many of them.</returns>
    public static double PercentFor(int taken, int frames) => (taken - 0.5) / frames * 100;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + (IsPercent ? " %" : "");
}
