using System.Globalization;

namespace AstroJobs.Imaging.Quality;

/// <summary>One condition under which a frame is rejected, such as <c>fwhm&gt;1.5x</c>.</summary>
/// <param name="IsAbove">It is rejected above the limit, else below.</param>
/// <param name="IsTimesMedian">The limit is so many times the median over the frames; else a figure of its own.</param>
internal sealed record FrameCriterion(QualityMeasure Measure, bool IsAbove, double Limit, bool IsTimesMedian)
{
    /// <summary>Null when it is none.</summary>
    public static FrameCriterion? TryParse(string text)
    {
        var sign = text.AsSpan().IndexOfAny('<', '>');
        if (sign < 1 || QualityMeasure.Find(text[..sign].Trim().ToLowerInvariant()) is not { } measure)
            return null;
        var number = text[(sign + 1)..].Trim();
        var isTimesMedian = number.EndsWith('x') || number.EndsWith('×');
        if (isTimesMedian)
            number = number[..^1].TrimEnd();
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(number, plain, CultureInfo.InvariantCulture, out var limit) && double.IsFinite(limit)
            ? new FrameCriterion(measure, text[sign] == '>', limit, isTimesMedian)
            : null;
    }

    /// <param name="median">Of the measure over all frames; null where none has it.</param>
    /// <returns>Why the frame is rejected, in words and figures; null when it is not, or when the figure is not known.</returns>
    public string? Judge(FrameQuality quality, double? median)
    {
        if (Measure.Of(quality) is not { } value || (IsTimesMedian && median is null))
            return null;
        var limit = IsTimesMedian ? Limit * median!.Value : Limit;
        if (!(IsAbove ? value > limit : value < limit))
            return null;
        var side = IsAbove ? "above" : "below";
        return IsTimesMedian
            ? string.Create(CultureInfo.InvariantCulture, $"its {Measure.Name} of {value:G4}{Measure.Unit} is {side} {limit:G4}{Measure.Unit}, {Limit:G4} times the median of {median:G4}")
            : string.Create(CultureInfo.InvariantCulture, $"its {Measure.Name} of {value:G4}{Measure.Unit} is {side} {limit:G4}{Measure.Unit}");
    }
}
