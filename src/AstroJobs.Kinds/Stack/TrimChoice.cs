using System.Globalization;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Trimming;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Stack;

/// <summary>What the parameters say about the part of the frames that is taken, read and checked.</summary>
internal static class TrimChoice
{
    /// <exception cref="JobException"><c>bad_input</c>: it is not understood, or cannot be.</exception>
    public static TrimRequest Of(StackParameters parameters)
    {
        if (parameters.Overscan == OverscanUse.Subtract && parameters.Bias.Any(bias => double.TryParse(bias, CultureInfo.InvariantCulture, out _)))
            throw new JobException(ErrorCode.BadInput, "A number for the bias counts the level of the overscan in, which is taken off before.", "Leave the number out, or give bias frames.");
        return new TrimRequest(parameters.Overscan, parameters.Trim is { } text ? Parse(text) : null);
    }

    private static FrameArea Parse(string text)
    {
        var numbers = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [>= 0 and var left, >= 0 and var top, > 0 and var width, > 0 and var height]
            ? new FrameArea(left, top, width, height)
            : throw new JobException(ErrorCode.BadInput, $"--trim is not understood: '{text}'.", "Write X,Y,W,H: the column and row of the first pixel, counted from 0 from the top left, and the size, such as 8,0,1024,1024.");
    }
}
