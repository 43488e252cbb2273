using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Drizzling;

/// <summary>Dithered frames f0.fits … of a sky of few stars, and their drizzle.</summary>
public abstract class DrizzleFixture : FolderFixture
{
    protected const int Width = 240;
    protected const int Height = 180;

    protected static MadeSky SparseSky()
    {
        var sky = new MadeSky(2, Width, Height, 0) { Noise = 0.0002 };
        var random = new Random(11);
        sky.Stars = [.. Enumerable.Range(0, 20).Select(i => new MadeStar(24 + (i % 5 * 46) + (random.NextDouble() * 10), 24 + (i / 5 * 42) + (random.NextDouble() * 10), 2 + (random.NextDouble() * 6)))];
        return sky;
    }

    protected static PixelMap Camera(MadeSky sky, int i) => sky.Camera(i * 0.77 % 3, i * 1.31 % 3, i == 0 ? 0 : (i % 5 * 0.13) - 0.26);

    protected void MakeDithered(MadeSky sky, int count)
    {
        for (var i = 0; i < count; i++)
            Save(sky.Draw(Camera(sky, i), i), $"f{i}.fits");
    }

    protected void Save(Frame frame, string name)
    {
        ImageFile.Write(Folder.File(name), frame, SampleFormat.UInt16);
        frame.Dispose();
    }

    protected StackReport Stack(int count, double scale, double fraction, StackAlignment alignment = StackAlignment.Stars)
    {
        var request = Request(count) with { Alignment = alignment };
        return Stacker.Run(request with { Registration = request.Registration with { Drizzle = new DrizzleRequest(scale, fraction) { WeightsPath = Folder.File("weights.fits") } } });
    }

    protected StackRequest Request(int count) => new()
    {
        Inputs = [.. Enumerable.Range(0, count).Select(i => new StackInput(Folder.File($"f{i}.fits")))],
        Registration = new RegistrationRequest { Reference = Folder.File("f0.fits") },
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        PreviewPath = Folder.File("preview.jpg"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };
}
