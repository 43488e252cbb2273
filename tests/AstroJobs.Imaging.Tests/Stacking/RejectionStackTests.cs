using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking;

/// <summary>Whole stacks of frames with a satellite on each and hot pixels that stay on the sensor, against the median.</summary>
public sealed class RejectionStackTests : FolderFixture
{
    private const int Width = 320;
    private const int Height = 240;
    private const int Count = 9;

    private readonly MadeSky _sky = new(5, Width, Height, 120, margin: 100);

    [SetUp]
    public void MakeFrames()
    {
        for (var i = 0; i < Count; i++)
        {
            using var frame = Draw(i);
            ImageFile.Write(Folder.File($"clean{i}.fits"), frame, SampleFormat.UInt16);
            Spoil(frame, i);
            ImageFile.Write(Folder.File($"spoilt{i}.fits"), frame, SampleFormat.UInt16);
        }
    }

    [Test]
    public void Trails_and_hot_pixels_are_gone([Values(StackRejection.Auto, StackRejection.Mad, StackRejection.Winsorized, StackRejection.Gesd)] StackRejection rejection)
    {
        Stacker.Run(Request("spoilt", StackRejection.None) with { Mode = StackMode.Median }); // no trail moves a median far; without trails another frame would be the reference
        using var clean = ImageFile.Read(Folder.File("stack.fits"));
        var report = Stack("spoilt", rejection);
        using var spoilt = ImageFile.Read(Folder.File("stack.fits"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Rejection.Method, Is.EqualTo(rejection == StackRejection.Auto ? StackRejection.Winsorized : rejection));
            Assert.That(Outliers(clean, spoilt), Is.LessThan(12), "of 45 000 pixels");
            Assert.That(report.Rejection.High, Is.GreaterThan(0.005).And.LessThan(0.06));
            Assert.That(report.Used.Select(frame => frame.RejectedHigh), Is.All.GreaterThan(0.004), "each has its trail");
        });
        Stack("spoilt", StackRejection.None);
        using var plain = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(Outliers(clean, plain), Is.GreaterThan(3000), "there was something to reject");
    }

    [Test]
    public void Hot_pixels_of_a_plain_mean_count_as_much_as_on_the_frames()
    {
        Stack("clean", StackRejection.None);
        using var clean = ImageFile.Read(Folder.File("stack.fits"));
        var light = 0f;
        for (var i = 0; i < Count; i++)
        {
            using var frame = Draw(i);
            light = 0;
            for (var y = 80; y < Height - 80; y += 12)
            {
                for (var x = 80; x < Width - 80; x += 12, light += 0.5f)
                    frame.Row(0, y)[x] += 0.5f;
            }
            ImageFile.Write(Folder.File($"hot{i}.fits"), frame, SampleFormat.UInt16);
        }
        Stack("hot", StackRejection.None);
        using var hot = ImageFile.Read(Folder.File("stack.fits"));
        var more = 0f;
        for (var y = 32; y < Height - 32; y++)
        {
            for (var x = 32; x < Width - 32; x++)
                more += hot.Row(0, y)[x] - clean.Row(0, y)[x];
        }
        Assert.That(more, Is.EqualTo(light).Within(5).Percent);
    }

    /// <summary>Eight bits, and what compression makes of a trail's edge.</summary>
    [Test]
    public void Of_JPEGs_too()
    {
        foreach (var name in (string[])["clean", "spoilt"])
        {
            for (var i = 0; i < Count; i++)
            {
                using var frame = ImageFile.Read(Folder.File($"{name}{i}.fits"));
                ImageFile.Write(Folder.File($"{name}{i}.jpg"), frame, SampleFormat.UInt8);
            }
        }
        Stacker.Run(Request("spoilt", StackRejection.None, ".jpg") with { Mode = StackMode.Median });
        using var clean = ImageFile.Read(Folder.File("stack.fits"));
        Stacker.Run(Request("spoilt", StackRejection.Winsorized, ".jpg"));
        using var spoilt = ImageFile.Read(Folder.File("stack.fits"));
        Stacker.Run(Request("spoilt", StackRejection.None, ".jpg"));
        using var plain = ImageFile.Read(Folder.File("stack.fits"));
        Assert.That(Outliers(clean, spoilt), Is.LessThan(12));
        Assert.That(Outliers(clean, plain), Is.GreaterThan(3000), "there was something to reject");
    }

    [Test]
    public void Maps_show_where_and_the_story_tells_how()
    {
        var report = Stack("spoilt", StackRejection.Winsorized, maps: true);
        using var high = ImageFile.Read(Folder.File("high.fits"));
        using var low = ImageFile.Read(Folder.File("low.fits"));
        using var result = ImageFile.Open(Folder.File("stack.fits"));
        double samples = report.Used.Count * Width * Height; // of which some lie outside
        Assert.Multiple(() =>
        {
            Assert.That(high.Plane(0).ToArray().Sum() / samples, Is.EqualTo(report.Rejection.High).Within(8).Percent);
            Assert.That(low.Plane(0).ToArray().Sum() / samples, Is.EqualTo(report.Rejection.Low).Within(8).Percent);
            Assert.That(high.Plane(0).ToArray().Select(count => count % 1), Is.All.Zero);
            Assert.That(result.Info.Metadata.History, Has.Some.EqualTo("rejected: winsorized, 3 sigma below and 3 above"));
            Assert.That(report.Rejection.Maps, Is.Not.Null);
        });
    }

    [Test]
    public void Neither_threads_nor_memory_change_a_bit([Values(StackRejection.Winsorized, StackRejection.LinearFit)] StackRejection rejection)
    {
        var results = new List<(byte[] Bytes, double? High)>();
        foreach (var (threads, memory) in new[] { (1, 200 << 20), (3, 200 << 20), (2, 1 << 20) })
        {
            var report = Stacker.Run(Request("spoilt", rejection) with { Threads = threads, MemoryBytes = memory });
            using var frame = ImageFile.Read(Folder.File("stack.fits"));
            results.Add((System.Runtime.InteropServices.MemoryMarshal.AsBytes(frame.Plane(0)).ToArray(), report.Rejection.High));
        }
        Assert.That(results[1].Bytes, Is.EqualTo(results[0].Bytes));
        Assert.That(results[2].Bytes, Is.EqualTo(results[0].Bytes));
        Assert.That(results.Select(result => result.High), Is.All.EqualTo(results[0].High));
    }

    [Test]
    public void A_mode_that_takes_no_mean_rejects_nothing_and_says_so()
    {
        var report = Stacker.Run(Request("clean", StackRejection.Sigma) with { Mode = StackMode.Max });
        Assert.That(report.Rejection.Method, Is.EqualTo(StackRejection.None));
        Assert.That(report.Notes.Single(), Does.StartWith("nothing was rejected"));
        Assert.That(report.Rejection.High, Is.Null);
    }

    [TestCase(StackRejection.MedianSigma, "rejected: median sigma, 3 sigma below and 3 above")]
    [TestCase(StackRejection.Gesd, "rejected: generalised ESD, up to 0.3 of the samples, significance 0.05")]
    public void The_story_names_the_rejection(StackRejection rejection, string expected)
    {
        Stack("clean", rejection);
        using var result = ImageFile.Open(Folder.File("stack.fits"));
        Assert.That(result.Info.Metadata.History, Has.Some.EqualTo(expected).And.Some.EqualTo("normalized: additive with scaling (median, biweight scatter)"));
    }

    [TestCase(4, StackRejection.None)]
    [TestCase(5, StackRejection.Winsorized)]
    public void Auto_waits_for_frames_enough(int frames, StackRejection expected)
    {
        var request = Request("clean", StackRejection.Auto);
        Assert.That(Stacker.Run(request with { Inputs = [.. request.Inputs.Take(frames)] }).Rejection.Method, Is.EqualTo(expected));
    }

    private Frame Draw(int index) => _sky.Draw(_sky.Camera(index * 2.7, index * -3.4, index * 0.3), index);

    private static void Spoil(Frame frame, int index)
    {
        for (var x = 0; x < Width; x++)
        {
            var y = (int)(20 + (0.15 * x) + (index * 18));
            for (var row = Math.Max(0, y - 1); row <= Math.Min(Height - 1, y + 1); row++)
                frame.Row(0, row)[x] += 0.3f;
        }
        var random = new Random(12);
        for (var i = 0; i < 150; i++)
            frame.Row(0, random.Next(Height))[random.Next(Width)] = 0.4f + (0.6f * random.NextSingle());
    }

    /// <summary>Pixels that differ by more than seven sigmas of the mean's noise; a part of the star's light is allowed for, since a median is no mean.</summary>
    private static int Outliers(Frame clean, Frame other)
    {
        const int rim = 32; // where fewer frames reach
        var count = 0;
        for (var y = rim; y < Height - rim; y++)
        {
            for (var x = rim; x < Width - rim; x++)
            {
                var (expected, actual) = (clean.Row(0, y)[x], other.Row(0, y)[x]);
                count += Math.Abs(expected - actual) > (7 * 0.005 / Math.Sqrt(Count)) + (0.03 * expected) ? 1 : 0;
            }
        }
        return count;
    }

    private StackReport Stack(string name, StackRejection rejection, bool maps = false) =>
        Stacker.Run(Request(name, rejection) with { RejectionMaps = maps ? new RejectionMapPaths(Folder.File("low.fits"), Folder.File("high.fits")) : null });

    private StackRequest Request(string name, StackRejection rejection, string ending = ".fits") => new()
    {
        Inputs = [.. Enumerable.Range(0, Count).Select(i => new StackInput(Folder.File($"{name}{i}{ending}")))],
        Rejection = rejection,
        WorkFolder = Folder.File("work"),
        OutputPath = Folder.File("stack.fits"),
        Threads = 2,
        MemoryBytes = 64 << 20,
    };
}
