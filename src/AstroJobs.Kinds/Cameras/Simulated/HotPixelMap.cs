namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>Which pixels of a sensor are hot, and by how many electrons a second: the same in every frame of one seed.</summary>
internal sealed class HotPixelMap
{
    private const double MeanElectronsPerSecond = 400;

    private readonly ILookup<int, (int X, float Rate)> _byRow;

    public HotPixelMap(SimulatedCameraSettings settings)
    {
        var random = new RandomStream((ulong)settings.Seed, SeedOf.HotPixels);
        var count = (int)Math.Round(settings.HotPixels * settings.Width * settings.Height);
        _byRow = Enumerable.Range(0, count)
            .Select(_ => (
                Y: (int)(random.NextUniform() * settings.Height),
                X: (int)(random.NextUniform() * settings.Width),
                Rate: (float)(-MeanElectronsPerSecond * Math.Log(1 - random.NextUniform()))))
            .ToList()
            .ToLookup(pixel => pixel.Y, pixel => (pixel.X, pixel.Rate));
    }

    public IEnumerable<(int X, float Rate)> InRow(int y) => _byRow[y];
}
