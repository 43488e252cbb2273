namespace AstroJobs.Imaging.Stacking;

/// <summary>What was left out of the mean or the sum.</summary>
/// <param name="Method">What was done; never auto.</param>
/// <param name="Limits">Null when nothing is rejected.</param>
/// <param name="Low">Part of all samples, 0 … 1, rejected as too dark; null when nothing is rejected.</param>
/// <param name="High">The same as too bright.</param>
/// <param name="Maps">Those that were made.</param>
public sealed record RejectionReport(StackRejection Method, RejectionLimits? Limits, double? Low, double? High, RejectionMapPaths? Maps)
{
    public static RejectionReport None { get; } = new(StackRejection.None, null, null, null, null);
}
