namespace AstroJobs.Imaging.Statistics;

/// <summary>The median absolute deviation from the median, as a sigma.</summary>
internal static class Mad
{
    /// <summary>1/Φ⁻¹(¾): makes it equal sigma for Gaussian noise (Hampel 1974).</summary>
    public const double ToSigma = 1.4826;

    /// <summary>Of what was rounded to whole steps, in steps: a quarter of one, times <see cref="ToSigma"/>.</summary>
    public const float SigmaOfRounding = 0.37f;
}
