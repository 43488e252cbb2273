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
        {Html.Section("", new StackFacts(result).Write())}
        {Notes()}
        {LeftOut()}
        {Plots()}
        {Html.Section("Frames", new FrameTable(result).Write())}
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

    private string Notes() => result.Notes.Count == 0 ? "" : Html.Section("Notes", $"<ul>{string.Concat(result.Notes.Select(note => $"<li>{Html.Text(note)}</li>"))}</ul>");

    private string LeftOut() => result.LeftOut.Count == 0 ? "" : Html.Section(
        $"Left out: {result.LeftOut.Count}",
        Html.Table(
            "<th>Frame</th><th class=\"text\">Why</th>",
            result.LeftOut.Select(frame => $"<tr><td title=\"{Html.Text(frame.Path)}\">{Html.Text(Path.GetFileName(frame.Path))}</td><td class=\"text warn\">{Html.Text(frame.Reason)}</td></tr>")));

    private string Plots()
    {
        var plots = new[]
        {
            Plot("Width of stars (FWHM)", "px", "FWHM", static frame => frame.Fwhm),
            Plot("Stars", "", "stars", static frame => frame.Stars),
            Plot("Sharpness", "", "sharpness", static frame => frame.Sharpness),
            Plot("Light of the stars", "1 is the middle frame", "light", static frame => frame.Transparency),
            Plot("Sky", "0 … 1", "sky", static frame => frame.Background),
            Plot("Noise", "0 … 1", "noise", static frame => frame.Noise),
            result.Frames.All(static frame => frame is { Dx: 0, Dy: 0 }) ? "" : new LinePlot("Shift", "px", _names, Series("right", static frame => frame.Dx), Series("down", static frame => frame.Dy)).Draw(),
            result.Frames.All(static frame => frame.RotationDeg == 0) ? "" : Plot("Rotation", "degrees", "rotation", static frame => frame.RotationDeg),
            result.Frames.All(static frame => frame.Weight == 1) ? "" : Plot("Weight", "", "weight", static frame => frame.Weight),
            new LinePlot("Samples left out", "%", _names, Series("too bright", static frame => frame.RejectedHigh * 100), Series("too dark", static frame => frame.RejectedLow * 100)).Draw(),
        };
        return Html.Section("Over the frames", $"<div class=\"plots\">{string.Concat(plots)}</div>");
    }

    private string Maps() => maps.Count == 0 ? "" : Html.Section("Over the picture", $"<div class=\"maps\">{string.Concat(maps.Select(map => $"<figure>{Image(map)}<figcaption>{Html.Text(map.Caption)}</figcaption></figure>"))}</div>");

    private string Calibration() => result.Calibration is not { } calibration ? "" : Html.Section("Calibration", Html.Table(
        "<th>Master</th><th>Frames</th><th class=\"text\">First</th><th>Exposure</th><th>Gain</th><th>ISO</th><th>°C</th><th>Level</th><th>Noise</th>",
        calibration.Masters.Select(master => $"<tr><td>{Html.Word(master.Kind)}{(master.Cached ? " (kept)" : "")}</td>{Html.Cell(Html.Number(master.Files, "0"))}<td class=\"text\" title=\"{Html.Text(master.First)}\">{Html.Text(Path.GetFileName(master.First))}</td>"
            + Html.Cell(Html.Duration(master.ExposureSeconds)) + Html.Cell(Html.Number(master.Gain)) + Html.Cell(Html.Number(master.Iso, "0")) + Html.Cell(Html.Number(master.TemperatureC)) + Html.Cell(Html.Number(master.Level, "0.#####")) + Html.Cell(Html.Number(master.Noise, "0.######")) + "</tr>"))
        + Html.Facts(Known(
            ("Bias", Html.Number(calibration.BiasLevel)),
            ("Dark scaled by", calibration.DarkScaleMin is null ? Html.Unknown : $"{Html.Number(calibration.DarkScaleMin, "0.###")} … {Html.Number(calibration.DarkScaleMax, "0.###")}"),
            ("Pixels replaced", Html.Word(calibration.Cosmetic)),
            ("Defective pixels in the dark", Html.Number(calibration.DefectivePixels, "0")))));

    private string Timings() => Html.Section("Time and memory", Html.Facts(Known(
        ("Making masters", result.Calibration is null ? Html.Unknown : Took(result.Timings.Masters)),
        ("Reading", Took(result.Timings.Read)),
        ("Registering", Took(result.Timings.Register)),
        ("Integrating", Took(result.Timings.Integrate)),
        ("Writing", Took(result.Timings.Write)),
        ("Together", Took(result.Timings.Total)),
        ("Most memory", Html.Bytes(result.PeakMemoryBytes)))));

    /// <summary>Unknown where nothing was to be done.</summary>
    private static string Took(double seconds) => seconds < 0.005 ? Html.Unknown : Html.Duration(seconds);

    private static IEnumerable<(string, string)> Known(params (string Name, string Value)[] facts) => facts.Where(static fact => fact.Value != Html.Unknown);

    private string Plot(string title, string unit, string name, Func<StackResultFrame, double?> value) => new LinePlot(title, unit, _names, Series(name, value)).Draw();

    private PlotSeries Series(string name, Func<StackResultFrame, double?> value) => new(name, [.. result.Frames.Select(value)]);

    private static string Image(ReportPicture picture) => $"<img alt=\"{Html.Text(picture.Caption)}\" src=\"{Html.DataUri(picture.MediaType, picture.Bytes)}\"/>";
}
