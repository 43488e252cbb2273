using System.Globalization;
using System.Text;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>report.html: what a person looks at in the morning. One page without anything from outside.</summary>
/// <param name="preview">Null where there is none.</param>
/// <param name="maps">Small pictures of where frames were left out.</param>
internal sealed class StackReportPage(StackResult result, string jobId, ReportPicture? preview, IReadOnlyList<ReportPicture> maps)
{
    private readonly IReadOnlyList<string> _names = [.. result.Frames.Select(frame => Path.GetFileName(frame.Path))];

    public string Write() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{Html.Text(result.Output)}: {result.Used} frames</title>
        <style>
        {ReportStyle.Css}
        </style>
        </head>
        <body>
        <h1>{Html.Text(result.Output)}</h1>
        <p class="lead">{Lead()}</p>
        {Preview()}
        {Facts()}
        {Notes()}
        {LeftOut()}
        {Plots()}
        {Frames()}
        {Maps()}
        {Calibration()}
        {Timings()}
        </body>
        </html>

        """;

    private string Lead()
    {
        var exposure = result.TotalExposureSeconds is { } seconds ? $", {Html.Duration(seconds)} of light" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Used} of {result.Requested} frames{exposure} · {result.Width}×{result.Height}{(result.Channels == 3 ? " colour" : " mono")} · job {Html.Text(jobId)}");
    }

    private string Preview() => preview is null ? "" : $"<figure class=\"preview\">{Image(preview)}</figure>";

    private string Facts()
    {
        var rejection = result.Rejection;
        return Section("", $"<dl class=\"facts\">{Fact("Combined by", Word(result.Mode))}{Fact("Rejection", Word(rejection.Method))}"
            + Fact("Left out as too dark", Html.Percent(rejection.RejectedLow)) + Fact("Left out as too bright", Html.Percent(rejection.RejectedHigh))
            + Fact("Normalization", Word(result.Normalization)) + Fact("Weights", Word(result.Weights)) + Fact("Aligned by", Word(result.Align))
            + Fact("Reference", Html.Text(Path.GetFileName(result.Reference))) + Fact("White balance", Word(result.Finish.WhiteBalance)) + "</dl>");
    }

    private string Notes() => result.Notes.Count == 0 ? "" : Section("Notes", $"<ul>{string.Concat(result.Notes.Select(note => $"<li>{Html.Text(note)}</li>"))}</ul>");

    private string LeftOut() => result.LeftOut.Count == 0 ? "" : Section(
        $"Left out: {result.LeftOut.Count}",
        Table(
            "<th>Frame</th><th class=\"text\">Why</th>",
            result.LeftOut.Select(frame => $"<tr><td title=\"{Html.Text(frame.Path)}\">{Html.Text(Path.GetFileName(frame.Path))}</td><td class=\"text warn\">{Html.Text(frame.Reason)}</td></tr>")));

    private string Plots()
    {
        var plots = new[]
        {
            Plot("Width of stars (FWHM)", "px", "FWHM", static frame => frame.Fwhm),
            Plot("Stars", "", "stars", static frame => frame.Stars),
            Plot("Sky", "0 … 1", "sky", static frame => frame.Background),
            Plot("Noise", "0 … 1", "noise", static frame => frame.Noise),
            result.Frames.All(static frame => frame is { Dx: 0, Dy: 0 }) ? "" : new LinePlot("Shift", "px", _names, Series("right", static frame => frame.Dx), Series("down", static frame => frame.Dy)).Draw(),
            result.Frames.All(static frame => frame.RotationDeg == 0) ? "" : Plot("Rotation", "degrees", "rotation", static frame => frame.RotationDeg),
            result.Frames.All(static frame => frame.Weight == 1) ? "" : Plot("Weight", "", "weight", static frame => frame.Weight),
            new LinePlot("Samples left out", "%", _names, Series("too bright", static frame => frame.RejectedHigh * 100), Series("too dark", static frame => frame.RejectedLow * 100)).Draw(),
        };
        return Section("Over the frames", $"<div class=\"plots\">{string.Concat(plots)}</div>");
    }

    private string Frames() => Section("Frames", Table(
        "<th>Frame</th><th>Stars</th><th>FWHM px</th><th>Ecc.</th><th>Sky</th><th>Noise</th><th>dx px</th><th>dy px</th><th>Rot. °</th><th>rms px</th><th>Exposure</th><th>Weight</th><th>Left out</th>",
        result.Frames.Select(Row)));

    private string Row(StackResultFrame frame) =>
        $"<tr{(frame.Path == result.Reference ? " class=\"reference\"" : "")}><td title=\"{Html.Text(frame.Path)}\">{Html.Text(Path.GetFileName(frame.Path))}{(frame.Path == result.Reference ? " (reference)" : "")}</td>"
        + Cell(Html.Number(frame.Stars, "0")) + Cell(Html.Number(frame.Fwhm)) + Cell(Html.Number(frame.Eccentricity)) + Cell(Html.Number(frame.Background, "0.00000")) + Cell(Html.Number(frame.Noise, "0.00000"))
        + Cell(Html.Number(frame.Dx)) + Cell(Html.Number(frame.Dy)) + Cell(Html.Number(frame.RotationDeg, "0.###")) + Cell(Html.Number(frame.RmsPx)) + Cell(Html.Duration(frame.ExposureSeconds))
        + Cell(Html.Number(frame.Weight, "0.###")) + Cell(Html.Percent(frame.RejectedLow + frame.RejectedHigh)) + "</tr>";

    private string Maps() => maps.Count == 0 ? "" : Section("Where frames were left out", $"<div class=\"maps\">{string.Concat(maps.Select(map => $"<figure>{Image(map)}<figcaption>{Html.Text(map.Caption)}</figcaption></figure>"))}</div>");

    private string Calibration() => result.Calibration is not { } calibration ? "" : Section("Calibration", Table(
        "<th>Master</th><th>Frames</th><th class=\"text\">First</th><th>Exposure</th><th>Gain</th><th>ISO</th><th>°C</th>",
        calibration.Masters.Select(master => $"<tr><td>{Word(master.Kind)}{(master.Cached ? " (kept)" : "")}</td>{Cell(Html.Number(master.Files, "0"))}<td class=\"text\">{Html.Text(master.First)}</td>"
            + Cell(Html.Duration(master.ExposureSeconds)) + Cell(Html.Number(master.Gain)) + Cell(Html.Number(master.Iso, "0")) + Cell(Html.Number(master.TemperatureC)) + "</tr>"))
        + $"<dl class=\"facts\">{Fact("Bias", Html.Number(calibration.BiasLevel))}{Fact("Dark scaled by", $"{Html.Number(calibration.DarkScaleMin, "0.###")} … {Html.Number(calibration.DarkScaleMax, "0.###")}")}"
        + Fact("Pixels replaced", Word(calibration.Cosmetic)) + Fact("Defective pixels in the dark", Html.Number(calibration.DefectivePixels, "0")) + "</dl>");

    private string Timings() => Section("Time and memory", $"<dl class=\"facts\">{Fact("Making masters", Html.Duration(result.Timings.Masters))}{Fact("Reading", Html.Duration(result.Timings.Read))}{Fact("Registering", Html.Duration(result.Timings.Register))}"
        + Fact("Integrating", Html.Duration(result.Timings.Integrate)) + Fact("Writing", Html.Duration(result.Timings.Write)) + Fact("Together", Html.Duration(result.Timings.Total)) + Fact("Most memory", Html.Bytes(result.PeakMemoryBytes)) + "</dl>");

    private string Plot(string title, string unit, string name, Func<StackResultFrame, double?> value) => new LinePlot(title, unit, _names, Series(name, value)).Draw();

    private PlotSeries Series(string name, Func<StackResultFrame, double?> value) => new(name, [.. result.Frames.Select(value)]);

    private static string Section(string title, string content) => $"<section>{(title.Length > 0 ? $"<h2>{Html.Text(title)}</h2>" : "")}{content}</section>";

    private static string Table(string head, IEnumerable<string> rows) => $"<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>";

    private static string Fact(string name, string value) => $"<div><dt>{Html.Text(name)}</dt><dd>{value}</dd></div>";

    private static string Cell(string text) => $"<td>{text}</td>";

    private static string Image(ReportPicture picture) => $"<img alt=\"{Html.Text(picture.Caption)}\" src=\"{Html.DataUri(picture.MediaType, picture.Bytes)}\"/>";

    /// <summary><c>AdditiveScaling</c> as <c>additive scaling</c>.</summary>
    private static string Word<TChoice>(TChoice choice)
        where TChoice : struct, Enum
    {
        var word = new StringBuilder();
        foreach (var letter in choice.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
                word.Append(' ');
            word.Append(char.ToLowerInvariant(letter));
        }
        return Html.Text(word.ToString());
    }
}
