using AstroJobs.Imaging;
using AstroJobs.Imaging.Stars;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>Says why a picture was not solved and what helps.</summary>
internal static class NotSolved
{
    private const int FewStars = 12; // fewer, and a match can hardly be told from an accident

    public static JobException Explain(ExtractParameters parameters, FrameInfo info, StarField field, SolveReport report)
    {
        var tried = report.Tried.Count == 0 ? "nothing could be tried" : $"tried: {string.Join("; ", report.Tried.Select(step => step.Assuming))}";
        var message = FormattableString.Invariant($"Not solved{(report.TimedOut ? FormattableString.Invariant($" within {parameters.Timeout.TotalSeconds:0.#} s") : "")}: {field.Stars.Count} stars, {tried}.");
        return new JobException(ErrorCode.NotSolved, message, string.Join(' ', Hints(parameters, info, field, report)));
    }

    private static IEnumerable<string> Hints(ExtractParameters parameters, FrameInfo info, StarField field, SolveReport report)
    {
        if (field.Stars.Count < FewStars)
            yield return "Too few stars: is it focused, is the sky clear, is it a picture of the night sky at all? Expose longer, or stack first.";
        var advice = LikelyWidth(parameters, info) is { } width ? IndexScales.Find(parameters.IndexFolder)?.Advise(width) : null;
        if (advice is not null)
            yield return advice;
        if (parameters is { ScaleLow: not null } or { ScaleHigh: not null })
            yield return "Check the bounds of the scale, or leave them out.";
        if (parameters.RaDeg is not null)
            yield return "Check the place, widen --radius, or leave them out: a wrong place hides the right one.";
        if (advice is not null)
            yield break;
        if (report.TimedOut)
            yield return "Give more time with --timeout, or less to search: --scale-low and --scale-high, --ra and --dec.";
        else if (parameters is { ScaleLow: null, ScaleHigh: null })
            yield return "The width of the field helps most: --scale-low and --scale-high, in degrees.";
    }

    /// <summary>Degrees; null when neither the caller nor the file says.</summary>
    private static double? LikelyWidth(ExtractParameters parameters, FrameInfo info)
    {
        var scale = ScaleGuess.Asked(parameters, info.Width)
            ?? ScaleGuess.Of(info.Width, info.Height, info.Metadata).Select(guess => (ScaleRange?)guess.Scale).FirstOrDefault();
        var middle = scale is { Low: { } low, High: { } high } ? Math.Sqrt(low * high) : scale?.High;
        return middle * Math.Max(info.Width, info.Height) / 3600;
    }
}
