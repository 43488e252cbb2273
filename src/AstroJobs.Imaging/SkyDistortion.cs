namespace AstroJobs.Imaging;

/// <summary>What a lens does to the plane of a picture on the sky, as FITS tells it (SIP: Shupe et al. 2005): with u and v from the reference point, v upwards, Σ A[i,j] uⁱ vʲ more columns and Σ B[i,j] uⁱ vʲ more rows.</summary>
public sealed record SkyDistortion(IReadOnlyList<SkyDistortionTerm> Terms)
{
    /// <summary>Of a picture with <paramref name="scale"/> pixels for each.</summary>
    public SkyDistortion Scaled(double scale) => new([.. Terms.Select(term => term with { Value = term.Value * Math.Pow(scale, 1 - term.I - term.J) })]);

    /// <summary>Of a picture whose rows are counted the other way.</summary>
    public SkyDistortion Flipped() => new([.. Terms.Select(term => term with { Value = int.IsOddInteger(term.J + (term.Axis == 'B' ? 1 : 0)) ? -term.Value : term.Value })]);
}
