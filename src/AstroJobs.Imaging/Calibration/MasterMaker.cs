using System.Globalization;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Imaging.Threads;
using AstroJobs.Imaging.Trimming;

namespace AstroJobs.Imaging.Calibration;

/// <summary>Makes a master of calibration frames, or takes it out of the cache: the winsorized mean of five and more, the median of three and four, else the mean; flats each of mean 1 before.</summary>
internal sealed class MasterMaker(StackSession session)
{
    private const int MostRows = 64;
    private const float NumbersBegin = 1.5f; // floats with a mean above it are no samples of 0 … 1 but numbers of 16 bits
    private const float Full = ushort.MaxValue;
    private const int LeastForMedian = 3;

    private readonly OpenFiles _openFiles = OpenFiles.OfThisProcess();
    private readonly MasterCache _cache = new(session.Request.Calibration?.CacheFolder ?? session.Request.WorkFolder);
    private readonly TrimRequest _trim = session.Request.Trim;

    /// <param name="offset">Taken off each frame, of flats: their dark or the bias; null for nothing.</param>
    /// <param name="offsetLevel">The same as one number.</param>
    /// <exception cref="ImageException">A frame cannot be read, or is of another size.</exception>
    public Master Make(MasterKind kind, IReadOnlyList<string> paths, Master? offset = null, float offsetLevel = 0)
    {
        var within = offset is null ? offsetLevel.ToString("R", CultureInfo.InvariantCulture) : offset.Key;
        var key = MasterCache.KeyOf(kind, paths, $"{within} {_trim}");
        var path = _cache.PathOf(kind, key);
        var isCached = _cache.TryUse(path, DateTime.UtcNow);
        if (!isCached)
            Combine(kind, paths, offset, offsetLevel, path);
        var count = string.Create(CultureInfo.InvariantCulture, $"{paths.Count} frame{(paths.Count == 1 ? "" : "s")}");
        Tell(paths.Count + 1, paths.Count + 1, $"Master {CalibrationReport.Word(kind)} of {count} {(isCached ? "found in the cache" : "made")}");
        using var reader = ImageFile.Open(path);
        var metadata = reader.Info.Metadata;
        var levels = Levels(reader);
        return new Master(kind, key, reader.Info, new FileStore(path, reader.Info, _openFiles), new MasterReport(
            kind, paths.Count, paths[0], isCached, metadata.Exposure, metadata.Gain, metadata.Iso, metadata.SensorTemperatureC)
        {
            Level = levels.Average(level => level.Level),
            Noise = Math.Sqrt(levels.Average(level => level.Scatter * level.Scatter)),
        });
    }

    /// <summary>By an even grid of its samples.</summary>
    private static IReadOnlyList<RobustLevel> Levels(FrameReader master)
    {
        var sampler = new SkySampler(master.Info);
        using var row = new PixelBuffer(master.Info.Width);
        for (var channel = 0; channel < master.Info.Channels; channel++)
        {
            for (var y = 0; y < master.Info.Height; y += sampler.Stride)
            {
                master.ReadRows(channel, y, row.Slice(0, master.Info.Width));
                sampler.Take(channel, y, row.Slice(0, master.Info.Width));
            }
        }
        return sampler.Levels();
    }

    private void Tell(int current, int total, string message) => session.Tell(StackPhase.Calibrate, current, total, message);

    private void Combine(MasterKind kind, IReadOnlyList<string> paths, Master? offset, float offsetLevel, string target)
    {
        var frames = new List<MasterInput>();
        try
        {
            foreach (var path in paths)
            {
                frames.Add(Look(kind, path, frames.FirstOrDefault()?.Info, offset, offsetLevel));
                Tell(frames.Count, paths.Count + 1, string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(CalibrationReport.Word(kind)[0])}{CalibrationReport.Word(kind)[1..]} {frames.Count}/{paths.Count} read"));
            }
            Combine(kind, frames, offset, offsetLevel, target);
        }
        finally
        {
            frames.ForEach(frame => frame.Store.Dispose());
        }
    }

    /// <summary>One look at a frame: its rows for later, and the factor that makes its samples those of a light.</summary>
    private MasterInput Look(MasterKind kind, string path, FrameInfo? first, Master? offset, float offsetLevel)
    {
        session.Cancellation.ThrowIfCancellationRequested();
        using var reader = FrameTrim.Open(path, _trim);
        var info = reader.Info;
        CheckSize(kind, path, info, first ?? offset?.Info);
        var copy = reader.ReadsRowsDirectly ? null : new ScratchStore(session.Scratch, info, ScratchFormats.Of(reader));
        var means = new CellMeans(info);
        using var row = new PixelBuffer(info.Width);
        for (var channel = 0; channel < info.Channels; channel++)
        {
            for (var y = 0; y < info.Height; y++)
            {
                var samples = row.Slice(0, info.Width);
                if (copy is null)
                    reader.ReadRows(channel, y, samples);
                else
                    copy.CopyRows(reader, channel, y, samples);
                means.Add(channel, y, samples);
            }
        }
        var scale = info.Format is SampleFormat.Float32 or SampleFormat.Float64 && means.Mean > NumbersBegin ? 1 / Full : 1;
        var black = kind is MasterKind.Flat && offset is null && offsetLevel == 0 ? reader.Levels?.Black.Average() ?? 0 : 0;
        var gain = Gain(kind, path, (means.Mean * scale) - black - OffsetMean(offset, offsetLevel));
        return new MasterInput(info, (FrameStore?)copy ?? new FileStore(path, info, _openFiles), scale, black, gain);
    }

    private static double OffsetMean(Master? offset, float offsetLevel)
    {
        if (offset is null)
            return offsetLevel;
        var means = new CellMeans(offset.Info);
        offset.ForEachRow(means.Add);
        return means.Mean;
    }

    private static float Gain(MasterKind kind, string path, double mean)
    {
        if (kind != MasterKind.Flat)
            return 1;
        return mean > 0
            ? (float)(1 / mean)
            : throw new ImageException($"Cannot use the flat '{path}': nothing is left of it when its bias or dark is taken off. Give the bias or the dark flats that belong to it.");
    }

    private static void CheckSize(MasterKind kind, string path, FrameInfo info, FrameInfo? other)
    {
        if (other is not null && (info.Width, info.Height, info.Channels) != (other.Width, other.Height, other.Channels))
            throw new ImageException(
                $"Cannot use the {CalibrationReport.Word(kind)} '{path}': it is {Size(info)}, the frames before it are {Size(other)}. Give frames of one camera and one binning.");
    }

    internal static string Size(FrameInfo info) => FormattableString.Invariant($"{info.Width}×{info.Height}{(info.Channels == 3 ? " in colour" : "")}");

    private void Combine(MasterKind kind, List<MasterInput> frames, Master? offset, float offsetLevel, string target)
    {
        var info = frames[0].Info with { Format = SampleFormat.Float32, Metadata = Describe(kind, frames) };
        var integration = HowToCombine(frames);
        var perRow = info.Width * (integration.BytesPerSample + (2 * sizeof(float)));
        var rows = (int)Math.Clamp(session.MemoryBytes / session.Request.Threads / perRow, 1, Math.Min(MostRows, info.Height));
        var strips = (info.Height + rows - 1) / rows;
        using var writer = ImageFile.Create(target, info);
        var turns = new Turnstile();
        var crew = Math.Min(session.Request.Threads, strips * info.Channels);
        Crew.Run(crew, strips * info.Channels, (_, item, token) =>
        {
            var (y, channel) = (item / info.Channels * rows, item % info.Channels);
            using var strip = new MasterStrip(info.Width, Math.Min(rows, info.Height - y), integration);
            strip.Combine(frames, offset, offsetLevel, channel, y);
            turns.Pass(item, () => writer.WriteRows(channel, y, strip.Result), token);
        }, session.Cancellation);
        writer.Commit();
    }

    private static Integration HowToCombine(List<MasterInput> frames) => frames.Count switch
    {
        >= Integration.LeastForWinsorized => new Integration(StackMode.Mean, frames.Count)
        {
            Rejection = StackRejection.Winsorized,
            Limits = RejectionLimits.DefaultFor(StackRejection.Winsorized),
            SmallestSigma = frames.Max(frame => frame.Gain) * Mad.SigmaOfRounding / Full,
        },
        >= LeastForMedian => new Integration(StackMode.Median, frames.Count),
        _ => new Integration(StackMode.Mean, frames.Count),
    };

    private static FrameMetadata Describe(MasterKind kind, List<MasterInput> frames) => frames[0].Info.Metadata with
    {
        FrameType = kind == MasterKind.DarkFlat ? "dark" : kind.ToString().ToLowerInvariant(),
        StackCount = frames.Count,
        Software = "AstroJobs master",
    };
}
