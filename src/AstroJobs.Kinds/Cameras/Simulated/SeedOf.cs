namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>Keys that keep the streams of random numbers for different purposes apart.</summary>
internal static class SeedOf
{
    public const long Noise = 1;
    public const long Dither = 2;
    public const long HotPixels = 3;
    public const long Satellite = 4;
    public const long Clouds = 5;
}
