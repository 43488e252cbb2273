using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>The used frames with their figures, as rows; a column that has nothing to tell is left out.</summary>
internal sealed class FrameTable(StackResult result)
{
    private IEnumerable<Column> Columns =>
    [
        new("Stars", "Found on it", static frame => Html.Number(frame.Stars, "0")),
        new("FWHM px", "Median width of the stars", static frame => Html.Number(frame.Fwhm)),
        new("Ecc.", "Median eccentricity of the stars, 0 is round", static frame => Html.Number(frame.Eccentricity)),
        new("Sharpness", "Strength of fine detail", static frame => Html.Number(frame.Sharpness, "0.####")),
        new("Sky", "Median level, 1 is the end of the sample range", static frame => Html.Number(frame.Background, "0.00000")),
        new("Noise", "Of the sky, in the same unit", static frame => Html.Number(frame.Noise, "0.00000")),
        new("Light", "Of the stars against the middle frame; less than 1 is cloud or haze", static frame => Html.Number(frame.Transparency)),
        new("dx px", "How far right it was moved", static frame => Html.Number(frame.Dx)) { IsShown = IsAligned },
        new("dy px", "How far down it was moved", static frame => Html.Number(frame.Dy)) { IsShown = IsAligned },
        new("Rot. °", "How far it was turned clockwise", static frame => Html.Number(frame.RotationDeg, "0.###")) { IsShown = IsAligned },
        new("rms px", "How far its stars lie from those of the reference", static frame => Html.Number(frame.RmsPx)) { IsShown = result.Align == StackAlignment.Stars },
        new("Exposure", "As the file says", static frame => Html.Duration(frame.ExposureSeconds)),
        new("Weight", "1 is the mean frame", static frame => Html.Number(frame.Weight, "0.###")) { IsShown = result.Weights != StackWeighting.None },
        new("Left out", "Part of its samples", static frame => Html.Percent(frame.RejectedLow + frame.RejectedHigh)),
    ];

    private bool IsAligned => result.Align != StackAlignment.None;

    public string Write()
    {
        var columns = Columns.Where(column => column.IsShown && result.Frames.Any(frame => column.Text(frame) != Html.Unknown)).ToArray();
        var head = string.Concat(columns.Select(static column => $"<th title=\"{Html.Text(column.Meaning)}\">{Html.Text(column.Name)}</th>"));
        return Html.Table($"<th>Frame</th>{head}", result.Frames.Select(frame => Row(frame, columns)));
    }

    private string Row(StackResultFrame frame, Column[] columns)
    {
        var (row, name) = frame.Path == result.Reference ? ("<tr class=\"reference\">", $"{Path.GetFileName(frame.Path)} (reference)") : ("<tr>", Path.GetFileName(frame.Path));
        return $"{row}<td title=\"{Html.Text(frame.Path)}\">{Html.Text(name)}</td>{string.Concat(columns.Select(column => Html.Cell(column.Text(frame))))}</tr>";
    }

    /// <param name="Text">Of a frame, as HTML.</param>
    private sealed record Column(string Name, string Meaning, Func<StackResultFrame, string> Text)
    {
        public bool IsShown { get; init; } = true;
    }
}
