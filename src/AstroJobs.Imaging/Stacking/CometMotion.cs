using System.Globalization;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>How a comet moves over the stars, in pixels of the reference, from two places at two times.</summary>
public sealed record CometMotion(double X0, double Y0, DateTimeOffset T0, double X1, double Y1, DateTimeOffset T1)
{
    private const string Form = "write x0,y0@t0,x1,y1@t1: the comet's place on the reference in pixels from the top left, and the time in UTC, twice: 812.5,404@2026-11-21T19:02:10,850,390.2@2026-11-21T20:31:00";

    /// <summary>Pixels a second to the right.</summary>
    public double SpeedX => (X1 - X0) / (T1 - T0).TotalSeconds;

    /// <summary>Pixels a second downwards.</summary>
    public double SpeedY => (Y1 - Y0) / (T1 - T0).TotalSeconds;

    /// <param name="problem">What is wrong and what is allowed, in words.</param>
    public static CometMotion? TryParse(string text, out string? problem)
    {
        problem = null;
        if (text.Split('@') is [var first, var middle, var last]
            && middle.Split(',') is [var t0, var x1, var y1]
            && first.Split(',') is [var x0, var y0]
            && Number(x0) is { } fromX && Number(y0) is { } fromY && Number(x1) is { } toX && Number(y1) is { } toY
            && Time(t0) is { } start && Time(last) is { } end)
        {
            if (start != end)
                return new CometMotion(fromX, fromY, start, toX, toY, end);
            problem = "both times are the same: two places at different times tell a motion";
            return null;
        }
        problem = $"'{text}' is no motion: {Form}";
        return null;
    }

    /// <summary>Where a frame lies once the comet of <paramref name="time"/> is brought to where it was at <paramref name="reference"/>.</summary>
    internal PixelMap Back(DateTimeOffset time, DateTimeOffset reference)
    {
        var seconds = (time - reference).TotalSeconds;
        return new PixelMap(1, 0, -SpeedX * seconds, 0, 1, -SpeedY * seconds);
    }

    /// <summary>Where it is then, pixels of the reference.</summary>
    internal (double X, double Y) PlaceAt(DateTimeOffset time) => (X0 + (SpeedX * (time - T0).TotalSeconds), Y0 + (SpeedY * (time - T0).TotalSeconds));

    /// <summary>The middle of the exposure; null where the start is not known.</summary>
    internal static DateTimeOffset? MiddleOf(FrameMetadata metadata) => metadata.DateObs + ((metadata.Exposure ?? TimeSpan.Zero) / 2);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) ? time : null;
}
