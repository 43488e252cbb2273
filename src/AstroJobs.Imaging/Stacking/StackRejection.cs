namespace AstroJobs.Imaging.Stacking;

/// <summary>How samples of a pixel that do not belong to the others (satellites, cosmic rays, hot pixels) are told.</summary>
public enum StackRejection
{
    /// <summary>Winsorized for the mean or sum of five frames or more, else none.</summary>
    Auto,

    /// <summary>Every sample counts.</summary>
    None,

    /// <summary>Further from the median than a part of it: for three to six frames.</summary>
    Percentile,

    /// <summary>Further from the median than some standard deviations of what is left, again and again.</summary>
    Sigma,

    /// <summary>The same with the median absolute deviation for the standard deviation, which outliers do not widen.</summary>
    Mad,

    /// <summary>As <see cref="Sigma"/>, but outliers count as the median instead of not at all.</summary>
    MedianSigma,

    /// <summary>As <see cref="Sigma"/>, with Huber's winsorized estimate for the standard deviation.</summary>
    Winsorized,

    /// <summary>Away from a straight line through the sorted samples: for many frames whose sky rises or falls.</summary>
    LinearFit,

    /// <summary>Rosner's generalised test for several outliers: for fifteen frames or more.</summary>
    Gesd,
}
