using System.Diagnostics;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Tests.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class FinishedStackTests : FolderFixture
{
    private const int Width = 480;
    private const int Height = 360;
    private const double Green = 1;
    private const double Red = 0.5;
    private const double Blue = 0.7;

    private readonly MadeSky _sky = new(1, Width, Height, 250, margin: 50) { Background = 0.02, Noise = 0.002 };

    [Test]
    public void White_stars_under_a_green_filter_become_white_and_the_sky_grey()
    {
        Draw([Red, Green, Blue], [0.03, 0.05, 0.02]);
        var report = Stack(new FinishRequest { WhiteBalance = WhiteBalance.Stars });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Finish!.WhiteBalance, Is.EqualTo(WhiteBalance.Stars));
            Assert.That(report.Finish.Balance!.Factors, Is.EqualTo(new[] { Green / Red, 1, Green / Blue }).Within(1).Percent);
            Assert.That(report.Finish.PreviewBalance, Is.Null);
            Assert.That(Sky(result), Is.All.EqualTo(Sky(result)[0]).Within(2e-5));
            Assert.That(result.Metadata.History, Has.Some.Matches("^white balance: stars, factors (1.99|2.0)"));
        });
    }

    [Test]
    public void A_sky_made_grey_leaves_the_colours_of_the_stars()
    {
        Draw([Red, Green, Blue], [0.03, 0.05, 0.02]);
        var report = Stack(new FinishRequest { WhiteBalance = WhiteBalance.Background });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Finish!.Balance!.Factors, Is.EqualTo(new[] { 1, 1, 1 }));
            Assert.That(report.Finish.Balance.Offsets, Is.All.LessThanOrEqualTo(0));
            Assert.That(Sky(result), Is.All.EqualTo(Sky(result)[0]).Within(2e-5));
        });
    }

    [Test]
    public void The_preview_of_unbalanced_linear_colours_has_a_grey_sky_and_white_stars()
    {
        Draw([Red, Green, Blue], [0.03, 0.05, 0.02]);
        var report = Stack(new FinishRequest());
        using var preview = ImageFile.Read(Folder.File("preview.jpg"));
        using var thumbnail = ImageFile.Read(Folder.File("thumbnail.jpg"));
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Finish!.Balance, Is.Null);
            Assert.That(report.Finish.PreviewBalance!.Factors, Is.EqualTo(new[] { Green / Red, 1, Green / Blue }).Within(2).Percent);
            Assert.That(Sky(preview), Is.All.EqualTo(0.25).Within(0.02));
            Assert.That((thumbnail.Width, thumbnail.Height), Is.EqualTo((320, 240)));
            Assert.That(Sky(result)[1] / Sky(result)[2], Is.GreaterThan(1.5), "the numbers of the result stay");
        });
    }

    /// <summary>A stretch of 8-bit frames shows what their camera rounded to as a colour: of M44's JPEGs the sky is 2, 3, 3.</summary>
    [TestCase(1, true)]
    [TestCase(5, false)]
    public void In_the_preview_of_8_bit_frames_a_tint_of_one_step_of_the_sky_is_none(double steps, bool isGrey)
    {
        for (var i = 0; i < 2; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i * 2.4, i * -1.7), i, 3);
            foreach (ref var sample in frame.Plane(1))
                sample += (float)(steps / 255);
            ImageFile.Write(Folder.File($"f{i}.png"), frame, SampleFormat.UInt8);
        }
        var report = Stacker.Run(Request(new FinishRequest(), "f0.png", "f1.png"));
        using var preview = ImageFile.Read(Folder.File("preview.jpg"));
        var sky = Sky(preview);
        Assert.That(sky[1] - sky[0], isGrey ? Is.Zero.Within(0.02) : Is.GreaterThan(0.1));
        Assert.That(report.Finish!.PreviewBalance?.Factors, isGrey ? Is.EqualTo(new[] { 1, 1, 1 }) : Is.Null);
    }

    [Test]
    public void The_balance_of_the_camera_is_that_of_its_RAW_files()
    {
        for (var i = 0; i < 2; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i, i), i);
            var samples = frame.Plane(0).ToArray();
            File.WriteAllBytes(Folder.File($"f{i}.dng"), new DngBuilder(Width, Height, (x, y) => (ushort)(2048 + (samples[(y * Width) + x] * 10000)))
            {
                Black = [2048, 2048, 2048, 2048],
                White = 15000,
            }.Build());
        }
        var report = Stacker.Run(Request(new FinishRequest { WhiteBalance = WhiteBalance.Camera }, "f0.dng", "f1.dng"));
        using var raw = ImageFile.Open(Folder.File("f0.dng"));
        raw.ReadRows(0, 0, new float[Width]);
        var said = raw.Levels!.CameraWhiteBalance!;
        Assert.That(report.Finish!.Balance!.Factors, Is.EqualTo(said.Select(factor => (double)factor / said.Min())).Within(1e-6));
        Assert.That(report.Finish.Balance.Offsets, Is.All.Zero);
    }

    [Test]
    public void What_cannot_be_balanced_is_left_and_said()
    {
        Draw([Red, Green, Blue], [0.03, 0.05, 0.02]);
        var report = Stack(new FinishRequest { WhiteBalance = WhiteBalance.Camera });
        Assert.That(report.Finish!.WhiteBalance, Is.EqualTo(WhiteBalance.None));
        Assert.That(report.Notes, Has.Some.Contains("what white balance the camera chose"));
    }

    [TestCase("stack.fits", SampleFormat.UInt16)]
    [TestCase("stack.tif", SampleFormat.UInt16)]
    [TestCase("stack.tif", SampleFormat.Float32)]
    public void A_result_has_the_bits_that_were_asked_for(string name, SampleFormat format)
    {
        Draw([1, 1, 1], [0, 0, 0]);
        Stacker.Run(Request(new FinishRequest { Format = format }, "f0.fits", "f1.fits") with { OutputPath = Folder.File(name) });
        using var result = ImageFile.Open(Folder.File(name));
        Assert.That(result.Info.Format, Is.EqualTo(format));
    }

    [Test]
    public void The_header_tells_the_story_of_all_frames_and_fitsverify_finds_nothing_wrong()
    {
        Draw([1, 1, 1], [0, 0, 0]);
        Stack(new FinishRequest { WhiteBalance = WhiteBalance.Stars });
        using var result = ImageFile.Open(Folder.File("stack.fits"));
        var metadata = result.Info.Metadata;
        Assert.Multiple(() =>
        {
            Assert.That(metadata.StackCount, Is.EqualTo(2));
            Assert.That(metadata.Exposure, Is.EqualTo(TimeSpan.FromSeconds(20)));
            Assert.That(metadata.DateObs, Is.EqualTo(Start));
            Assert.That(metadata.DateEnd, Is.EqualTo(Start + TimeSpan.FromSeconds(40)));
            Assert.That(metadata.SensorTemperatureC, Is.EqualTo(-10.5));
            Assert.That((metadata.Gain, metadata.Filter, metadata.Bayer), Is.EqualTo((120.0, "L", (BayerPattern?)null)));
            Assert.That(File.ReadAllText(Folder.File("stack.fits"), System.Text.Encoding.Latin1), Does.Contain("LIVETIME=                  20."));
        });
        using var fitsverify = Process.Start(new ProcessStartInfo("fitsverify", ["-l", Folder.File("stack.fits")]) { RedirectStandardOutput = true })!;
        Assert.That(fitsverify.StandardOutput.ReadToEnd(), Does.Contain("0 warning(s) and 0 error(s)"));
    }

    private static DateTimeOffset Start { get; } = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    private void Draw(double[] gains, double[] glow)
    {
        for (var i = 0; i < 2; i++)
        {
            using var frame = _sky.Draw(_sky.Camera(i * 2.4, i * -1.7), i, 3);
            for (var channel = 0; channel < 3; channel++)
            {
                foreach (ref var sample in frame.Plane(channel))
                    sample = (float)((sample * gains[channel]) + glow[channel]);
            }
            frame.Metadata = frame.Metadata with
            {
                DateObs = Start + TimeSpan.FromSeconds(30 * i),
                SensorTemperatureC = -10 - i,
                Gain = 120,
                Filter = "L",
            };
            ImageFile.Write(Folder.File($"f{i}.fits"), frame, SampleFormat.Float32);
        }
    }

    private StackReport Stack(FinishRequest finish) => Stacker.Run(Request(finish, "f0.fits", "f1.fits"));

    private StackRequest Request(FinishRequest finish, params string[] names) => new()
    {
        Inputs = [.. names.Select(name => new StackInput(Folder.File(name)))],
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        PreviewPath = Folder.File("preview.jpg"),
        Finish = finish with { ThumbnailPath = Folder.File("thumbnail.jpg") },
        Threads = 2,
        MemoryBytes = 64 << 20,
    };

    private static double[] Sky(Frame frame) =>
        [.. SkyColour.Measure(new FrameInfo(frame.Width, frame.Height, frame.Channels, SampleFormat.Float32, FrameMetadata.None), (channel, firstRow, rows) => frame.Rows(channel, firstRow, rows.Length / frame.Width).CopyTo(rows))];
}
