using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Stars;

public sealed class PeakScanTests
{
    private const int Width = 45; // whole vectors and a tail
    private const int Height = 20;

    /// <summary>The middle of (1 2 1)⊗(1 2 1)/16 is a quarter.</summary>
    [Test]
    public void A_single_pixel_is_a_peak_of_a_quarter_of_its_height([Range(2, Width - 3)] int x)
    {
        var peak = Find((x, 9)).Single();
        Assert.That((peak.X, peak.Y), Is.EqualTo((x, 9)));
        Assert.That(peak.Height, Is.EqualTo(0.25f));
    }

    /// <summary>Of equal neighbours the first in reading order is it.</summary>
    [Test]
    public void A_flat_top_is_one_peak([Values(2, 8, 19, Width - 4)] int x)
    {
        Assert.That(Find((x, 9), (x + 1, 9), (x, 10), (x + 1, 10)).Select(peak => (peak.X, peak.Y)), Is.EqualTo(new[] { (x, 9) }));
        Assert.That(Find((x, 9), (x + 1, 9)).Select(peak => (peak.X, peak.Y)), Is.EqualTo(new[] { (x, 9) }));
        Assert.That(Find((x, 9), (x, 10)).Select(peak => (peak.X, peak.Y)), Is.EqualTo(new[] { (x, 9) }));
    }

    private static List<PeakScan.Peak> Find(params (int X, int Y)[] lit)
    {
        var plane = new float[Width * Height];
        foreach (var (x, y) in lit)
            plane[(y * Width) + x] = 1;
        return PeakScan.Find(plane, Width, Height, BackgroundMesh.Measure(new float[Width * Height], Width, Height, 0.001f), 5);
    }
}
