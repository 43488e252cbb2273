namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>What became of the samples of one frame, all channels.</summary>
/// <param name="Samples">That lie on the result.</param>
/// <param name="Low">Rejected as too dark.</param>
/// <param name="High">Rejected as too bright, saturated ones included.</param>
internal readonly record struct RejectionCount(long Samples, long Low, long High)
{
    /// <summary>0 … 1.</summary>
    public double LowShare => Samples == 0 ? 0 : (double)Low / Samples;

    /// <summary>0 … 1.</summary>
    public double HighShare => Samples == 0 ? 0 : (double)High / Samples;

    public static RejectionCount operator -(RejectionCount a, RejectionCount b) => new(a.Samples - b.Samples, a.Low - b.Low, a.High - b.High);

    public static RejectionCount operator +(RejectionCount a, RejectionCount b) => new(a.Samples + b.Samples, a.Low + b.Low, a.High + b.High);
}
