using System.Globalization;

namespace AstroJobs.Imaging.Formats;

/// <summary>
/// The parts of a picture that a FITS header names the way of IRAF: <c>[x1:x2,y1:y2]</c>, counted from 1 from the first pixel stored, both ends included. TRIMSEC is what is
/// to be left after trimming, DATASEC what saw light, BIASSEC the overscan.
/// </summary>
internal static class FitsSections
{
    /// <param name="isTopDown">The first row stored is the top one.</param>
    public static FrameMetadata Read(FitsHeader header, FrameMetadata metadata, int width, int height, bool isTopDown) => metadata with
    {
        Lit = Parse(header.Text("TRIMSEC"), width, height, isTopDown) ?? Parse(header.Text("DATASEC"), width, height, isTopDown),
        Overscan = Parse(header.Text("BIASSEC"), width, height, isTopDown),
    };

    /// <returns>Null where it is none, or not within the picture: it belongs to one that has been cut since.</returns>
    private static FrameArea? Parse(string? text, int width, int height, bool isTopDown)
    {
        if (text is not ['[', .. var ranges, ']'] || ranges.Split(',') is not [var across, var down])
            return null;
        if (Range(across, width) is not var (left, right) || Range(down, height) is not var (first, last))
            return null;
        return new FrameArea(left - 1, isTopDown ? first - 1 : height - last, right - left + 1, last - first + 1);
    }

    private static (int First, int Last)? Range(string text, int length)
    {
        if (text.Trim() == "*")
            return (1, length);
        if (text.Split(':') is not [var from, var to]
            || !int.TryParse(from, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(to, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var last))
            return null;
        if (first > last)
            (first, last) = (last, first); // an axis that was read backwards
        return first >= 1 && last <= length ? (first, last) : null;
    }
}
