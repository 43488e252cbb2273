namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>Between how many arcseconds a pixel covers; a side that is null is open.</summary>
public readonly record struct ScaleRange(double? Low, double? High)
{
    /// <summary>This share less and more than one scale.</summary>
    public static ScaleRange Around(double arcsecPerPixel, double share) => new(arcsecPerPixel * (1 - share), arcsecPerPixel * (1 + share));
}
