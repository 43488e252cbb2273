using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Local;

/// <summary>The light of stars in the picture against what was drawn.</summary>
public sealed class StarLightTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 384;
    private const int Count = 12;
    private const int Step = 24; // from star to star
    private const float Sky = 0.1f;
    private const double Bright = 4;
    private const double Faint = 0.15; // their peak stands five sigmas above the sky of a frame

    /// <summary>
    /// Of a frame under a cloud bright stars are rejected. Were its unevenness taken for noise, the frame would be scaled down until its faint
    /// stars pass for samples of the sky and are averaged: they would come out 10 % too faint against the bright ones.
    /// </summary>
    [Test]
    public void A_cloud_dims_faint_stars_no_more_than_bright_ones()
    {
        MadeStar[] stars = [.. from row in Enumerable.Range(1, (Height / Step) - 1)
                               from column in Enumerable.Range(1, (Width / Step) - 1)
                               select new MadeStar((column * Step) + 0.3, (row * Step) - 0.2, (row + column) % 4 == 0 ? Bright : Faint)];
        for (var i = 0; i < Count; i++)
            Save(i, stars, isCloudy: i is 3 or 8);
        Stacker.Run(new StackRequest
        {
            Inputs = [.. Enumerable.Range(0, Count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
            Alignment = StackAlignment.None,
            Rejection = StackRejection.Winsorized,
            Normalization = StackNormalization.AdditiveScaling,
            WorkFolder = Folder.File("work"),
            OutputPath = Folder.File("stack.fits"),
            Threads = 2,
            MemoryBytes = 64 << 20,
        });
        using var picture = ImageFile.Read(Folder.File("stack.fits"));
        double Part(double flux) => MapFit.Median([.. stars.Where(star => star.Flux == flux).Select(star => star.LightOn(picture) / flux)]);
        Assert.That(Part(Bright), Is.EqualTo(1).Within(1).Percent);
        Assert.That(Part(Faint) / Part(Bright), Is.EqualTo(1).Within(2).Percent); // the noise of the median is 0.6 %
    }

    private void Save(int number, MadeStar[] stars, bool isCloudy)
    {
        var sky = new MadeSky(3, Width, Height, 0)
        {
            Background = Sky,
            Noise = 0.003,
            Stars = isCloudy ? [.. stars.Select(star => star with { Flux = 0.6 * star.Flux })] : stars,
        };
        using var frame = sky.Draw(PixelMap.Identity, number);
        for (var y = 0; y < Height && isCloudy; y++)
        {
            for (var x = 0; x < Width; x++)
                frame.Row(0, y)[x] += (float)(0.1 * Math.Exp(-Math.Pow((x - (Width / 2.0)) / (Width / 3.0), 2)));
        }
        ImageFile.Write(Folder.File($"f{number}.fits"), frame, SampleFormat.Float32);
    }
}
