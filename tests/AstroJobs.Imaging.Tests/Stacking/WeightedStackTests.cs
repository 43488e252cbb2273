using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>The sky of a stack is the weighted mean of the skies that were drawn: Σ w·l / Σ w.</summary>
public sealed class WeightedStackTests : FolderFixture
{
    private const int Width = 280;
    private const int Height = 220;

    private static readonly double[] Levels = [0.10, 0.13, 0.16, 0.19];

    [Test]
    public void Frames_count_by_what_is_asked_for(
        [Values(StackWeighting.None, StackWeighting.Noise, StackWeighting.Fwhm, StackWeighting.Stars, StackWeighting.Exposure)] StackWeighting weighting, [Values] bool rejects)
    {
        double[] noise = [0.003, 0.006, 0.004, 0.005];
        double[] widths = [2.6, 3.9, 3.2, 2.8];
        double[] seconds = [10, 40, 20, 15];
        for (var i = 0; i < Levels.Length; i++)
        {
            var sky = new MadeSky(9, Width, Height, 90, faintest: 3) { Background = Levels[i], Noise = noise[i], Fwhm = widths[i] };
            using var frame = sky.Draw(PixelMap.Identity, i);
            frame.Metadata = frame.Metadata with { Exposure = TimeSpan.FromSeconds(seconds[i]) };
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.Float32);
        }
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, Levels.Length).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
            Rejection = rejects ? StackRejection.Winsorized : StackRejection.None, // of four levels that lie so evenly none is an outlier
            Normalization = StackNormalization.None,
            Weighting = weighting,
            Registration = new RegistrationRequest { Transform = TransformModel.Shift, Framing = StackFraming.Min },
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        double[] weights = weighting switch
        {
            StackWeighting.Noise => [.. noise.Select(sigma => 1 / (sigma * sigma))],
            StackWeighting.Fwhm => [.. widths.Select(width => 1 / (width * width))],
            StackWeighting.Stars => [.. report.Used.Select(frame => Math.Pow(frame.Stars!.Value, 4 / 3.0))],
            StackWeighting.Exposure => seconds,
            _ => [1, 1, 1, 1],
        };
        using var picture = ImageFile.Read(Folder.File("stack.fits"));
        var level = MapFit.Median([.. picture.Plane(0).ToArray().Select(sample => (double)sample)]);
        Assert.That(level, Is.EqualTo(Levels.Zip(weights, (sky, weight) => sky * weight).Sum() / weights.Sum()).Within(0.0015));
        Assert.That(report.Used.Select(frame => frame.Weight), Is.EqualTo(weights.Select(weight => weight / weights.Average())).Within(8).Percent);
    }
}
