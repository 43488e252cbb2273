namespace AstroJobs.Imaging.Quality;

/// <summary>A figure by which frames can be told apart, with the words for it.</summary>
/// <param name="Name">In criteria.</param>
/// <param name="Unit">With a leading blank; empty for none.</param>
/// <param name="NeedsStars">It is measured where frames are aligned by stars.</param>
internal sealed record QualityMeasure(string Name, string Unit, bool NeedsStars, Func<FrameQuality, double?> Of)
{
    public const string Sharpness = "sharpness";

    public static IReadOnlyList<QualityMeasure> All { get; } =
    [
        new("stars", "", true, quality => quality.Stars),
        new("fwhm", " px", true, quality => quality.Fwhm),
        new("round", "", true, quality => quality.Roundness),
        new("ecc", "", true, quality => quality.Eccentricity),
        new("background", "", false, quality => quality.Background),
        new("noise", "", false, quality => quality.Noise),
        new("snr", "", true, quality => quality.SignalToNoise),
        new("transparency", "", true, quality => quality.Transparency),
        new("missing", "", true, quality => quality.MissingStars),
        new("rms", " px", true, quality => quality.RmsPixels),
        new(Sharpness, "", false, quality => quality.Sharpness),
    ];

    public static QualityMeasure? Find(string name) => All.FirstOrDefault(measure => measure.Name == name);
}
