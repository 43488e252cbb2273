namespace AstroJobs.Imaging.Calibration;

/// <summary>What the lights were put right with.</summary>
/// <param name="DarkScales">The factors of the dark, least and greatest over the frames; null without a dark.</param>
/// <param name="DefectivePixels">Hot and cold pixels found in the dark.</param>
/// <param name="Notes">What does not fit, with figures.</param>
public sealed record CalibrationReport(
    IReadOnlyList<MasterReport> Masters,
    double? BiasLevel,
    (double Least, double Greatest)? DarkScales,
    CosmeticCorrection Cosmetic,
    int DefectivePixels,
    IReadOnlyList<string> Notes)
{
    /// <summary>One line a step, for FITS HISTORY.</summary>
    public IEnumerable<string> History()
    {
        foreach (var master in Masters)
            yield return FormattableString.Invariant($"{Word(master.Kind)}: {master.Files} frame{(master.Files == 1 ? "" : "s")}, {Path.GetFileName(master.First)}");
        if (BiasLevel is { } level)
            yield return FormattableString.Invariant($"bias: {level} everywhere");
        if (DarkScales is { } scales)
            yield return FormattableString.Invariant($"dark scaled by {scales.Least:0.000} to {scales.Greatest:0.000}");
        if (Cosmetic == CosmeticCorrection.Dark)
            yield return FormattableString.Invariant($"{DefectivePixels} pixels that stand out of the dark replaced by their neighbours");
        if (Cosmetic == CosmeticCorrection.Deviation)
            yield return "pixels that stand alone replaced by their neighbours";
    }

    internal static string Word(MasterKind kind) => kind == MasterKind.DarkFlat ? "dark flat" : kind.ToString().ToLowerInvariant();
}
