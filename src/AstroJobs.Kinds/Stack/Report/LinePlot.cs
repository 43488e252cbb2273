using System.Globalization;
using System.Text;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>A small plot of figures over frames, as SVG: a line and a dot each, whose tip names the frame.</summary>
internal sealed class LinePlot(string title, string unit, IReadOnlyList<string> frames, params PlotSeries[] series)
{
    private const int Width = 460;
    private const int Height = 170;
    private const int Left = 62;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 24;
    private const int MostDots = 400;

    /// <summary>Empty where nothing is known.</summary>
    public string Draw()
    {
        var known = series.SelectMany(line => line.Values).OfType<double>().Where(double.IsFinite).ToArray();
        if (known.Length == 0)
            return "";
        var (low, high) = Range(known);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure class=\"plot\"><figcaption>{Html.Text(title)}{(unit.Length > 0 ? $", {Html.Text(unit)}" : "")}{Legend()}</figcaption>")
            .Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(title)} over frames\">");
        var step = Step(high - low);
        for (var value = Math.Ceiling(low / step) * step; value <= high; value += step)
            Grid(svg, value, step, low, high);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 6}\">1</text><text class=\"end\" x=\"{Width - Right}\" y=\"{Height - 6}\">{frames.Count}</text>");
        for (var i = 0; i < series.Length; i++)
            Line(svg, series[i], i + 1, low, high);
        return svg.Append("</svg></figure>").ToString();
    }

    /// <summary>A little room above and below; figures that are all the same get some.</summary>
    internal static (double Low, double High) Range(IReadOnlyList<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var room = high > low ? (high - low) * 0.06 : Math.Max(Math.Abs(high) * 0.1, 1e-6);
        return (low >= 0 && low - room < 0 ? 0 : low - room, high + room);
    }

    /// <summary>1, 2 or 5 times a power of ten, so that there are two to five lines.</summary>
    internal static double Step(double span)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / 2)));
        return power * ((span / 2 / power) switch { >= 5 => 5, >= 2 => 2, _ => 1 });
    }

    private string Legend() => series.Length < 2 ? "" : string.Concat(series.Select((line, i) => $" <span class=\"key s{i + 1}\">{Html.Text(line.Name)}</span>"));

    private static void Grid(StringBuilder svg, double value, double step, double low, double high)
    {
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step)), 0, 8);
        var y = Y(value, low, high);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"end\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\">{Html.Number(value, $"F{decimals}")}</text>");
    }

    private void Line(StringBuilder svg, PlotSeries line, int number, double low, double high)
    {
        var points = line.Values.Select((value, i) => (Index: i, Value: value)).Where(point => point.Value is { } known && double.IsFinite(known)).ToArray();
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"s{number}\" points=\"")
            .AppendJoin(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Index):0.#},{Y(point.Value!.Value, low, high):0.#}"))).Append("\"/>");
        if (points.Length > MostDots)
            return;
        foreach (var (index, value) in points)
            svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"s{number}\" cx=\"{X(index):0.#}\" cy=\"{Y(value!.Value, low, high):0.#}\" r=\"2.5\">")
                .Append(CultureInfo.InvariantCulture, $"<title>{Html.Text(frames[index])}: {Html.Text(line.Name)} {Html.Figures(value.Value)}</title></circle>");
    }

    private double X(int index) => frames.Count < 2 ? (Left + Width - Right) / 2.0 : Left + ((double)index / (frames.Count - 1) * (Width - Left - Right));

    private static double Y(double value, double low, double high) => Top + ((high - value) / (high - low) * (Height - Top - Bottom));
}
