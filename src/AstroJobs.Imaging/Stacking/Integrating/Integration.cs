using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Drizzling;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stacking.Outliers;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>How the samples of a pixel become one, with all decided that a request leaves open.</summary>
/// <param name="Frames">How many frames are added at most.</param>
internal sealed record Integration(StackMode Mode, int Frames)
{
    public const int LeastForWinsorized = 5; // of fewer, no scatter is worth its name

    public StackRejection Rejection { get; init; } = StackRejection.None;

    public RejectionLimits Limits { get; init; } = RejectionLimits.DefaultFor(StackRejection.None);

    /// <summary>As in <see cref="OutlierRule.Create"/>.</summary>
    public float SmallestSigma { get; init; }

    /// <summary>Never auto.</summary>
    public StackNormalization Normalization { get; init; } = StackNormalization.None;

    public StackWeighting Weighting { get; init; } = StackWeighting.None;

    /// <summary>What is done to the samples of a frame, channel by channel; empty when nothing is.</summary>
    public IReadOnlyList<IReadOnlyList<SampleFit>> Fits { get; init; } = [];

    /// <summary>One a frame, their mean is 1; empty when all count the same.</summary>
    public ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>What is added to the samples place by place; null for nothing.</summary>
    public LocalFit? Local { get; init; }

    /// <summary>Leaves the ground out of a landscape's sky; null for nothing.</summary>
    public SkyOnly? Sky { get; init; }

    /// <summary>What drizzled samples are compared with; null where none is rejected.</summary>
    public DrizzleModel? Model { get; init; }

    /// <summary>Pauses in star trails that are to be filled; null for none.</summary>
    public TrailGaps? Gaps { get; init; }

    /// <summary>Deviations from the model: those of a rejection that counts in deviations, else 4.</summary>
    public RejectionLimits DrizzleLimits => Rejection is StackRejection.Percentile or StackRejection.Gesd ? new RejectionLimits(4, 4) : Limits;

    public bool Rejects => Rejection != StackRejection.None;

    /// <summary>A mean or a sum of all that the frames have, defects as well.</summary>
    public bool CountsEverySample => !Rejects && Mode is (StackMode.Mean or StackMode.Sum);

    /// <summary>Memory for one sample of a tile.</summary>
    public long BytesPerSample => Mode switch
    {
        StackMode.Median => SampleColumns.BytesPerSample(Frames),
        _ when Rejects => SampleColumns.BytesPerSample(Frames) + (2 * sizeof(float)),
        StackMode.Mean or StackMode.Sum => 2 * sizeof(float),
        _ => (Gaps is null ? 1 : 4) * sizeof(float),
    };

    /// <param name="notes">Is told what is not done as it was asked.</param>
    public static Integration Decide(StackRequest request, StackMode mode, IReadOnlyList<RegisteredFrame> frames, RegisteredFrame reference, ICollection<string> notes)
    {
        var rejection = RejectionOf(request.Rejection, mode, frames.Count);
        if (rejection == StackRejection.None && request.Rejection is not (StackRejection.None or StackRejection.Auto))
            notes.Add("nothing was rejected: that is for the mean and the sum");
        var normalization = request.Normalization switch
        {
            // A cloud that is there on half of the frames would be rejected here and kept there, colour by colour.
            StackNormalization.Auto when request.Landscape is not null && mode is StackMode.Mean or StackMode.Median => StackNormalization.Local,
            StackNormalization.Auto => rejection == StackRejection.None ? StackNormalization.None : StackNormalization.AdditiveScaling,
            var wanted => wanted,
        };
        var isMean = mode is StackMode.Mean or StackMode.Sum;
        if (!isMean && request.Weighting != StackWeighting.None)
            notes.Add("all frames count the same: weights are for the mean and the sum");
        var weighting = isMean ? request.Weighting : StackWeighting.None;
        var fits = frames.Select(frame => Normalizer.Fits(normalization, frame.Frame, reference.Frame, rejection != StackRejection.None)).ToArray();
        if (mode == StackMode.Max && request.Trails is { Fade: not TrailFade.None and var fade })
            fits = [.. TrailFades.Of(fade, [.. frames.Select(frame => frame.Frame.Info.Metadata.DateObs)])
                .Zip(fits, (part, fit) => fit.Select(channel => channel with { Factor = channel.Factor * part, Offset = channel.Offset * part }).ToArray())];
        return new Integration(mode, frames.Count)
        {
            Normalization = normalization,
            Weighting = weighting,
            Weights = FrameWeights.Of(weighting, frames, [.. fits.Select(fit => fit.Average(channel => channel.Factor))], notes),
            Rejection = rejection,
            Limits = request.RejectionLimits ?? RejectionLimits.DefaultFor(rejection),
            Fits = fits.All(fit => fit.All(channel => channel == SampleFit.None)) ? [] : fits,
            SmallestSigma = SkySampler.StepOf(reference.Frame.Info.Format) * Mad.SigmaOfRounding,
        };
    }

    private static StackRejection RejectionOf(StackRejection wanted, StackMode mode, int frames)
    {
        if (mode is not (StackMode.Mean or StackMode.Sum))
            return StackRejection.None;
        if (wanted != StackRejection.Auto)
            return wanted;
        return frames >= LeastForWinsorized ? StackRejection.Winsorized : StackRejection.None;
    }
}
