using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>Weights of the frames of a stack, their mean made 1.</summary>
internal static class FrameWeights
{
    /// <param name="factors">What normalization multiplies the samples of each frame by.</param>
    /// <param name="notes">Is told when a frame lacks what it would be weighed by; such a frame counts as the mean one.</param>
    /// <returns>Empty when all frames count the same.</returns>
    public static float[] Of(StackWeighting weighting, IReadOnlyList<RegisteredFrame> frames, IReadOnlyList<double> factors, ICollection<string> notes)
    {
        if (weighting == StackWeighting.None)
            return [];
        var weights = frames.Select((frame, i) => Raw(weighting, frame, factors[i])).ToArray();
        var known = weights.OfType<double>().ToArray();
        if (known.Length < weights.Length)
            notes.Add(FormattableString.Invariant($"{weights.Length - known.Length} of {weights.Length} frames do not tell what they would be weighed by ({weighting.ToString().ToLowerInvariant()}) and count as the mean frame"));
        var mean = known.DefaultIfEmpty(1).Average();
        return [.. weights.Select(weight => (float)((weight ?? mean) / mean))];
    }

    private static double? Raw(StackWeighting weighting, RegisteredFrame frame, double factor)
    {
        var (field, info) = (frame.Frame.Field, frame.Frame.Info);
        return weighting switch
        {
            StackWeighting.Noise when field.Noise * factor > 0 => 1 / (field.Noise * factor * field.Noise * factor),
            StackWeighting.Fwhm when field.Fwhm is > 0 and var fwhm => 1 / (fwhm * fwhm),
            StackWeighting.Stars when field.Stars.Count > 0 => Math.Pow(field.Stars.Count, 4 / 3.0),
            StackWeighting.Snr when field.Noise * factor > 0 && frame.FluxRatio > 0 => frame.FluxRatio / (factor * field.Noise * field.Noise),
            StackWeighting.Exposure when info.Metadata.Exposure is { TotalSeconds: > 0 } exposure => exposure.TotalSeconds,
            _ => null,
        };
    }
}
