namespace AstroJobs.Imaging;

/// <summary>One term of a distortion.</summary>
/// <param name="Axis">A: columns, B: rows.</param>
/// <param name="IsInverse">Leads back, from the undistorted plane to pixels.</param>
/// <param name="I">Power of the columns; <paramref name="J"/> of the rows.</param>
public readonly record struct SkyDistortionTerm(char Axis, bool IsInverse, int I, int J, double Value)
{
    public string Family => IsInverse ? $"{Axis}P" : $"{Axis}";

    /// <summary>The FITS keyword, such as A_2_0.</summary>
    public string Keyword => FormattableString.Invariant($"{Family}_{I}_{J}");
}
