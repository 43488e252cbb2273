using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>
/// How far a stack has come: the first look at each frame, with its decoded samples, what was reckoned from them, and the finished strips of the
/// pictures. What is kept belongs to files as they were (path, length, time of change), to the request and to this very program: where one of them
/// differs it is made again. Samples reach the disk before what tells of them. Saved at most so often as the request says, then all that there is;
/// a stack that is over sooner saves nothing.
/// </summary>
internal sealed class StackCheckpoint : IDisposable
{
    private const long FewSamples = 1_000_000_000; // fewer are integrated in some seconds, and then keeping strips costs more than it saves

    private readonly CheckpointRequest _request;
    private readonly string _recipe;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptLook> _looks = [];
    private readonly Dictionary<KeptPart, Action> _unsaved = [];
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

    /// <param name="memoryBytes">The budget of a first run.</param>
    /// <returns>Null when the request wants none.</returns>
    public static StackCheckpoint? Open(StackRequest request, long memoryBytes)
    {
        if (request.Checkpoint is not { } wanted)
            return null;
        var checkpoint = new StackCheckpoint(wanted, RecipeOf(request), memoryBytes);
        if (wanted.Resumes)
            DurableFile.TryRead(checkpoint.PathOf(KeptPart.Frames), checkpoint.ReadLooks);
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
            Save(KeptPart.Frames, rows: 0, _recipe, sync, writer =>
            {
                writer.Write(MemoryBytes);
                calibrator.Write(writer);
                writer.Write(_looks.Count);
                foreach (var kept in _looks.Values)
                    kept.Write(writer);
            });
        }
    }

    /// <summary>Whether strips are worth keeping.</summary>
    public bool KeepsStrips(StripPlan plan, int frames) =>
        _request.Every == TimeSpan.Zero || (long)plan.Width * plan.Height * plan.Channels * frames > FewSamples;

    public ScratchPicture Picture(string name, StripPlan plan) =>
        new(Path.Combine(_request.Folder, $"{name.ToLowerInvariant()}.scratch"), plan.Width, plan.Height, keep: true);

    /// <summary>The strips of an earlier run that was about to make the same picture.</summary>
    /// <param name="recipe">As <see cref="RecipeOf(StackPass)"/> says.</param>
    public KeptStrips FindStrips(KeptPart part, string recipe)
    {
        var strips = KeptStrips.None;
        Find(part, recipe, reader => strips = new KeptStrips(reader.ReadInt32(), reader.ReadAll<RejectionCount>()));
        return strips;
    }

    /// <param name="rows">Of the result, in these strips.</param>
    /// <param name="sync">Brings the strips to the disk.</param>
    public void KeepStrips(KeptPart part, string recipe, KeptStrips strips, int rows, Action sync)
    {
        lock (_lock)
        {
            Save(part, rows, recipe, sync, writer =>
            {
                writer.Write(strips.Strips);
                writer.WriteAll<RejectionCount>([.. strips.Rejected]);
            });
        }
    }

    /// <summary>What an earlier run reckoned by the same recipe; else it is made and kept.</summary>
    public T[] Remember<T>(KeptPart part, string recipe, Func<T[]> make)
        where T : unmanaged
    {
        T[]? known = null;
        Find(part, recipe, reader => known = reader.ReadAll<T>());
        if (known is not null)
            return known;
        var made = make();
        lock (_lock)
            Save(part, rows: 0, recipe, sync: null, writer => writer.WriteAll(made));
        return made;
    }

    /// <summary>All that comes from the samples of these frames as they are.</summary>
    public string RecipeOf(IEnumerable<InspectedFrame> frames) => Hash([_recipe, .. frames.Select(frame => InputFile.Identity(frame.Path))]);

    /// <summary>All that the samples of the result come from.</summary>
    public string RecipeOf(StackPass pass)
    {
        var (plan, integration, frames) = pass;
        return Hash(
            [
                _recipe,
                plan.ToString(),
                $"{integration.Mode} {integration.Rejection} {integration.Limits} {integration.SmallestSigma:R} {integration.Normalization} {integration.Weighting}",
                .. integration.Weights.ToArray().Select(weight => weight.ToString("R")),
                .. integration.Fits.SelectMany(fit => fit).Select(fit => fit.ToString()),
                .. frames.Select(frame => $"{InputFile.Identity(frame.Frame.Path)} {string.Join(' ', Probe(frame))}"),
            ]);
    }

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
            .. request.Calibration is { } masters
                ? new[] { masters.Bias, masters.Dark, masters.Flat, masters.DarkFlat }.SelectMany(static (files, kind) => files.Select(file => $"{kind} {InputFile.Identity(file)}"))
                : [],
            request.Landscape?.MaskPath is { } mask ? InputFile.Identity(mask) : "",
        ]);

    private static string Hash(params IReadOnlyList<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    private string PathOf(KeptPart part) => Path.Combine(_request.Folder, $"{part.ToString().ToLowerInvariant()}.kept");

    private void Find(KeptPart part, string recipe, Action<BinaryReader> read)
    {
        if (_request.Resumes)
            DurableFile.TryRead(PathOf(part), reader =>
            {
                if (reader.ReadString() == recipe)
                    read(reader);
            });
    }

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

    /// <summary>Now, with all that waits for it, or when enough time has gone by.</summary>
    private void Save(KeptPart part, int rows, string recipe, Action? sync, Action<BinaryWriter> write)
    {
        _unsaved[part] = () =>
        {
            sync?.Invoke();
            DurableFile.Write(PathOf(part), writer =>
            {
                writer.Write(recipe);
                write(writer);
            });
        };
        if (_sinceSaved.Elapsed < _request.Every)
            return;
        foreach (var save in _unsaved.Values)
            save();
        _unsaved.Clear();
        _isSaved = true;
        _request.Saved?.Invoke(new KeptWork(part, _looks.Count, rows));
        _sinceSaved = Stopwatch.StartNew();
    }
}
