namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>The sorted samples of one pixel that count: ranks <paramref name="First"/> … <paramref name="End"/> − 1.</summary>
internal readonly record struct KeptRange(int First, int End)
{
    public int Count => End - First;
}
