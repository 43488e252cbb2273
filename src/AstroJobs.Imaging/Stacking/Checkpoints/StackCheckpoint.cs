using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>
/// How far a stack has come: the first look at each frame, with its decoded samples, and the finished strips of the result. What is kept belongs
/// to files as they were (path, length, time of change), to the request and to this very program: where one of them differs it is made again.
/// Samples reach the disk before what tells of them. Saved at most so often as the request says; a stack that is over sooner saves nothing.
/// </summary>
internal sealed class StackCheckpoint : IDisposable
{
    private const long FewSamples = 1_000_000_000; // fewer are integrated in some seconds, and then keeping strips costs more than it saves

    private readonly CheckpointRequest _request;
    private readonly string _recipe;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptLook> _looks = [];
    private Stopwatch _sinceSaved = Stopwatch.StartNew();
    private bool _isSaved;

    private StackCheckpoint(CheckpointRequest request, string recipe, long memoryBytes)
    {
        (_request, _recipe, MemoryBytes) = (request, recipe, memoryBytes);
        if (!request.Resumes && Directory.Exists(request.Folder))
            Directory.Delete(request.Folder, recursive: true);
        Directory.CreateDirectory(request.Folder);
    }

    /// <summary>The budget of the first run: the strips of the result are cut by it.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>What the notes and the factors of the dark came to over the kept frames.</summary>
    public CalibratorState Calibrator { get; private set; } = CalibratorState.None;

    public string ScratchPath => Path.Combine(_request.Folder, "frames.scratch");

    /// <summary>Where the kept samples end in the scratch file.</summary>
    public long ScratchLength => _looks.Values.Select(look => look.Samples is { } samples ? samples.Offset + samples.Bytes : 0).DefaultIfEmpty(0).Max();

    private string LooksPath => Path.Combine(_request.Folder, "frames.kept");

    private string StripsPath => Path.Combine(_request.Folder, "strips.kept");

    /// <param name="memoryBytes">The budget of a first run.</param>
    /// <returns>Null when the request wants none.</returns>
    public static StackCheckpoint? Open(StackRequest request, long memoryBytes)
    {
        if (request.Checkpoint is not { } wanted)
            return null;
        var checkpoint = new StackCheckpoint(wanted, RecipeOf(request), memoryBytes);
        if (wanted.Resumes)
            DurableFile.TryRead(checkpoint.LooksPath, checkpoint.ReadLooks);
        return checkpoint;
    }

    /// <summary>What an earlier run saw on this file; null where there is none, or the file has changed since.</summary>
    public KeptLook? Find(string path)
    {
        lock (_lock)
            return _looks.GetValueOrDefault(KeyOf(path));
    }

    public string KeyOf(string path) => Hash(_recipe, InputFile.Identity(path));

    /// <param name="sync">Brings the samples of all frames so far to the disk.</param>
    public void Add(KeptLook look, CalibratorState calibrator, Action sync)
    {
        lock (_lock)
        {
            _looks[look.Key] = look;
            if (_sinceSaved.Elapsed < _request.Every)
                return;
            sync();
            DurableFile.Write(LooksPath, writer =>
            {
                writer.Write(_recipe);
                writer.Write(MemoryBytes);
                calibrator.Write(writer);
                writer.Write(_looks.Count);
                foreach (var kept in _looks.Values)
                    kept.Write(writer);
            });
            Saved(rows: 0);
        }
    }

    /// <summary>Whether strips are worth keeping.</summary>
    public bool KeepsStrips(StripPlan plan, int frames) =>
        _request.Every == TimeSpan.Zero || (long)plan.Width * plan.Height * plan.Channels * frames > FewSamples;

    public ScratchPicture Picture(string name, StripPlan plan) =>
        new(Path.Combine(_request.Folder, $"{name}.scratch"), plan.Width, plan.Height, keep: true);

    /// <summary>The strips of an earlier run that was about to make the same picture.</summary>
    /// <param name="recipe">As <see cref="RecipeOf(StripPlan, Integration, IReadOnlyList{RegisteredFrame})"/> says.</param>
    public KeptStrips FindStrips(string recipe)
    {
        var strips = KeptStrips.None;
        if (_request.Resumes)
            DurableFile.TryRead(StripsPath, reader =>
            {
                if (reader.ReadString() != recipe)
                    return;
                var (count, rejected) = (reader.ReadInt32(), new RejectionCount[reader.ReadInt32()]);
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rejected.AsSpan()));
                strips = new KeptStrips(count, rejected);
            });
        return strips;
    }

    /// <param name="rows">Of the result, in these strips.</param>
    /// <param name="sync">Brings the strips to the disk.</param>
    public void KeepStrips(string recipe, KeptStrips strips, int rows, Action sync)
    {
        if (_sinceSaved.Elapsed < _request.Every)
            return;
        sync();
        RejectionCount[] rejected = [.. strips.Rejected];
        DurableFile.Write(StripsPath, writer =>
        {
            writer.Write(recipe);
            writer.Write(strips.Strips);
            writer.Write(rejected.Length);
            writer.Write(MemoryMarshal.AsBytes(rejected.AsSpan()));
        });
        Saved(rows);
    }

    /// <summary>All that the samples of the result come from.</summary>
    public string RecipeOf(StripPlan plan, Integration integration, IReadOnlyList<RegisteredFrame> frames) => Hash(
        [
            _recipe,
            plan.ToString(),
            $"{integration.Mode} {integration.Rejection} {integration.Limits} {integration.SmallestSigma:R} {integration.Normalization} {integration.Weighting}",
            .. integration.Weights.ToArray().Select(weight => weight.ToString("R")),
            .. integration.Fits.SelectMany(fit => fit).Select(fit => fit.ToString()),
            .. frames.Select(frame => $"{InputFile.Identity(frame.Frame.Path)} {string.Join(' ', Probe(frame))}"),
        ]);

    /// <summary>Where some points of the frame lie on the result: tells any two maps apart, of whatever kind they are.</summary>
    private static IEnumerable<string> Probe(RegisteredFrame frame)
    {
        const int points = 5;
        for (var i = 0; i < points * points; i++)
        {
            var (x, y) = frame.ToCanvas.ToReference(i % points * (frame.Frame.Info.Width / (points - 1.0)), i / points * (frame.Frame.Info.Height / (points - 1.0)));
            yield return FormattableString.Invariant($"{x:R},{y:R}");
        }
    }

    /// <summary>Nothing is left of it.</summary>
    public void Delete() => Directory.Delete(_request.Folder, recursive: true);

    /// <summary>What nobody saved is of no use to anybody.</summary>
    public void Dispose()
    {
        if (!_isSaved && Directory.Exists(_request.Folder))
            Delete();
    }

    /// <summary>All that a look at a frame comes from besides its file. Scalars of the request stand in its text; files it names are added.</summary>
    private static string RecipeOf(StackRequest request) => Hash(
        [
            typeof(StackCheckpoint).Module.ModuleVersionId.ToString(),
            (request with { Inputs = [], Checkpoint = null }).ToString(),
            .. request.Calibration is { } masters ? masters.Bias.Concat(masters.Dark).Concat(masters.Flat).Concat(masters.DarkFlat).Select(InputFile.Identity) : [],
        ]);

    private static string Hash(params IReadOnlyList<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    private void ReadLooks(BinaryReader reader)
    {
        if (reader.ReadString() != _recipe)
            return;
        MemoryBytes = reader.ReadInt64();
        Calibrator = CalibratorState.Read(reader);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var look = KeptLook.Read(reader);
            _looks[look.Key] = look;
        }
        _isSaved = true;
    }

    private void Saved(int rows)
    {
        _isSaved = true;
        _request.Saved?.Invoke(new KeptWork(_looks.Count, rows));
        _sinceSaved = Stopwatch.StartNew();
    }
}
