namespace AstroJobs.Imaging.Tests.Stacking.Outliers;

/// <summary>Samples of a pixel from a seed: a level with Gaussian noise, every so often something far off.</summary>
internal static class MadeSamples
{
    public static float[] Of(int seed, int count, double outliers = 0.1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(0.2
            + (0.01 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))
            + (random.NextDouble() < outliers ? (random.NextDouble() - 0.3) * 0.5 : 0)))];
    }
}
