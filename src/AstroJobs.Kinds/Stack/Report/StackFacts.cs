using System.Globalization;
using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>How the picture was made, in a few words each; what was not done is left out.</summary>
internal sealed class StackFacts(StackResult result)
{
    public string Write() => Html.Facts(
    [
        ("Combined by", Html.Word(result.Mode)),
        .. Rejection(),
        ("Normalization", Html.Word(result.Normalization)),
        ("Weights", Html.Word(result.Weights)),
        ("Aligned by", Html.Word(result.Align)),
        ("Reference", Html.Text(Path.GetFileName(result.Reference))),
        .. Placing(),
        ("White balance", Html.Word(result.Finish.WhiteBalance)),
        .. result.Finish.Background is { } background ? [("Taken off the sky", Html.Word(background.Model))] : Array.Empty<(string, string)>(),
    ]);

    private (string, string)[] Rejection()
    {
        var rejection = result.Rejection;
        if (rejection.Method == StackRejection.None)
            return [("Rejection", "none")];
        return
        [
            ("Rejection", $"{Html.Word(rejection.Method)}, {Html.Number(rejection.Low)} low, {Html.Number(rejection.High)} high"),
            ("Left out as too dark", Html.Percent(rejection.RejectedLow)),
            ("Left out as too bright", Html.Percent(rejection.RejectedHigh)),
        ];
    }

    private IEnumerable<(string, string)> Placing()
    {
        if (result.Align == StackAlignment.None)
            yield break;
        yield return ("Framing", Html.Word(result.Framing));
        if (result.Autocrop is { } cut)
            yield return ("Cut to", string.Create(CultureInfo.InvariantCulture, $"what {cut.LeastFrames} frames or more show, from {cut.FromWidth}×{cut.FromHeight}"));
        if (result.Drizzle is { } scale)
            yield return ("Drizzled", $"{Html.Number(scale)} × the pixels, drops of {Html.Number(result.PixelFraction)}");
        else if (result.Resample is { } kernel)
            yield return ("Resampled by", Html.Word(kernel));
    }
}
