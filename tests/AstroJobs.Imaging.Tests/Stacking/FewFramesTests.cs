using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>Of two, three and four frames under unlike skies every rejection and every normalization leave a picture.</summary>
public sealed class FewFramesTests : FolderFixture
{
    private const int Width = 90;
    private const int Height = 70;
    private const int Most = 4;

    private static readonly StackRejection[] Rejections = [.. Enum.GetValues<StackRejection>().Except([StackRejection.Auto])];
    private static readonly StackNormalization[] Normalizations = [.. Enum.GetValues<StackNormalization>().Except([StackNormalization.Auto])];

    [Test]
    public void Their_sky_is_that_of_the_reference_or_lies_between_theirs([ValueSource(nameof(Normalizations))] StackNormalization normalization)
    {
        for (var i = 0; i < Most; i++)
            Save(i);
        Assert.Multiple(() =>
        {
            foreach (var rejection in Rejections)
            {
                for (var count = 2; count <= Most; count++)
                    Check(rejection, normalization, count);
            }
        });
    }

    private void Check(StackRejection rejection, StackNormalization normalization, int count)
    {
        var what = $"{rejection}, {count} frames";
        var report = Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
            Alignment = StackAlignment.None,
            Rejection = rejection,
            Normalization = normalization,
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 1,
            MemoryBytes = 16 << 20,
        });
        using var picture = ImageFile.Read(Folder.File("stack.fits"));
        var samples = picture.Plane(0).ToArray();
        Assert.That(samples, Has.None.NaN, what);
        var level = samples.Order().ElementAt(samples.Length / 2);
        var levels = Enumerable.Range(0, count).Select(LevelOf).ToArray();
        if (normalization == StackNormalization.None)
            Assert.That(level, Is.InRange(levels[0] - 0.001, levels[^1] + 0.001), what);
        else if (normalization == StackNormalization.Local)
            Assert.That(level, Is.EqualTo(levels.Average()).Within(0.0015), what); // the median of levels that lie evenly
        else
            Assert.That(level, Is.EqualTo(levels[Array.IndexOf([.. report.Used.Select(frame => frame.Path)], report.Reference)]).Within(normalization == StackNormalization.MultiplicativeScaling ? 0.01 : 0.0015), what); // which multiplies levels by ratios of scatters
        Assert.That(samples[(30 * Width) + 40], Is.InRange(level - 0.02, 0.9), $"{what}: the hot pixel is there or gone");
    }

    private void Save(int number)
    {
        var sky = new MadeSky(2, Width, Height, 0) { Background = LevelOf(number), Noise = 0.001 };
        using var frame = sky.Draw(PixelMap.Identity, number);
        if (number == 1)
            frame.Row(0, 30)[40] = 0.9f;
        ImageFile.Write(Folder.File($"f{number}.fits"), frame, SampleFormat.Float32);
    }

    private static double LevelOf(int number) => 0.2 + (0.005 * number);
}
