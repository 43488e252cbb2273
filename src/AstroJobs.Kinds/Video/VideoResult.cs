namespace AstroJobs.Kinds.Video;

/// <summary>result.json of a video.</summary>
/// <param name="Frames">Pictures in it.</param>
/// <param name="Fps">Pictures a second.</param>
/// <param name="DurationS">Its length, seconds.</param>
/// <param name="EncodeS">How long it took to make, seconds.</param>
public sealed record VideoResult(
    string Output,
    int Frames,
    double Fps,
    int Width,
    int Height,
    double DurationS,
    long Bytes,
    IReadOnlyList<VideoLeftOut> LeftOut,
    double EncodeS);
