using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Quality;

/// <summary>Conditions of which any rejects a frame: <c>fwhm&gt;1.5x, stars&lt;0.6x, round&lt;0.8</c>.</summary>
public sealed class FrameCriteria
{
    private readonly IReadOnlyList<FrameCriterion> _criteria;

    private FrameCriteria(IReadOnlyList<FrameCriterion> criteria) => _criteria = criteria;

    /// <summary>Whether some of them are about stars, which are looked for only where frames are aligned by them.</summary>
    public bool NeedStars => _criteria.Any(criterion => criterion.Measure.NeedsStars);

    /// <summary>Whether some of them are about the sharpness of pictures aligned as a whole.</summary>
    public bool NeedSurface => _criteria.Any(criterion => criterion.Measure.Name == QualityMeasure.Sharpness);

    /// <param name="problem">What is wrong and what is allowed, in words.</param>
    /// <returns>Null when it is not understood.</returns>
    public static FrameCriteria? TryParse(string text, out string? problem)
    {
        var parts = text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var criteria = new List<FrameCriterion>();
        problem = parts.Length == 0 ? "There is no criterion in it" : null;
        foreach (var part in parts)
        {
            if (FrameCriterion.TryParse(part) is { } criterion)
                criteria.Add(criterion);
            else
                problem ??= $"'{part}' is not a criterion";
        }
        if (problem is null)
            return new FrameCriteria(criteria);
        problem += $": write a measure ({string.Join(", ", QualityMeasure.All.Select(measure => measure.Name))}), < or >, and a number, with x for so many times the median. "
            + "Separate several by commas: fwhm>1.5x, stars<0.6x, round<0.8.";
        return null;
    }

    /// <returns>For each frame why it is rejected, all reasons in one line; null when it is not.</returns>
    public IReadOnlyList<string?> Judge(IReadOnlyList<FrameQuality> frames)
    {
        var reasons = new string?[frames.Count];
        foreach (var criterion in _criteria)
        {
            double[] values = [.. frames.Select(criterion.Measure.Of).OfType<double>()];
            double? median = values.Length == 0 ? null : MapFit.Median(values);
            for (var i = 0; i < reasons.Length; i++)
            {
                if (criterion.Judge(frames[i], median) is { } reason)
                    reasons[i] = reasons[i] is { } earlier ? $"{earlier}; {reason}" : reason;
            }
        }
        return reasons;
    }
}
