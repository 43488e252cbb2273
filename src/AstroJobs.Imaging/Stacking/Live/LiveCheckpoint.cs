using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>Where a live stack has its pixels, and keeps how far it has come, so that another run of the same request goes on from there.</summary>
internal sealed class LiveCheckpoint
{
    private const int MostShare = 20; // of the time goes into keeping at the most: one part in so many

    private readonly CheckpointRequest _request;
    private readonly string _recipe;
    private Stopwatch _sinceKept = Stopwatch.StartNew();
    private TimeSpan _keepingTook;

    /// <param name="request">With a checkpoint. What an earlier run left is dropped unless it resumes.</param>
    public LiveCheckpoint(StackRequest request)
    {
        _request = request.Checkpoint ?? throw new ArgumentException("A live stack needs a place to keep its pixels.", nameof(request));
        _recipe = $"{typeof(LiveStack).Module.ModuleVersionId} {request with { Inputs = [], Checkpoint = null, MemoryBytes = null }}";
        if (!_request.Resumes && Directory.Exists(_request.Folder))
            Directory.Delete(_request.Folder, recursive: true);
        Directory.CreateDirectory(_request.Folder);
    }

    /// <summary>Of the picture as it grows.</summary>
    public string PixelsPath => PathOf("pixels.scratch");

    /// <summary>Of one frame, laid on the picture.</summary>
    public string LaidPath => PathOf("laid.scratch");

    /// <summary>Whether the time has come to keep all.</summary>
    public bool IsDue => _sinceKept.Elapsed >= _request.Every && (_request.Every == TimeSpan.Zero || _sinceKept.Elapsed >= _keepingTook * MostShare);

    private string StatePath => PathOf("state.kept");

    private string ReferencePath => PathOf("reference.kept");

    /// <summary>Once: it does not change.</summary>
    public void KeepReference(InspectedFrame reference) =>
        DurableFile.Write(ReferencePath, new KeptLook("", reference.Field, reference.Levels, [], reference.CameraBalance, null).Write);

    /// <summary>The pixels in a file of their own, then what tells of them.</summary>
    public void Keep(InspectedFrame reference, IReadOnlyList<LiveFrame> frames, IReadOnlyList<LeftOutFrame> leftOut)
    {
        var watch = Stopwatch.StartNew();
        var name = string.Create(CultureInfo.InvariantCulture, $"pixels-{frames.Count:000000}.kept");
        File.Copy(PixelsPath, PathOf(name), overwrite: true);
        using (var copy = File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(copy);
        var state = new LiveState(_recipe, name, reference.Path, reference.Info, frames, leftOut);
        DurableFile.Write(StatePath, writer => writer.Write(JsonSerializer.SerializeToUtf8Bytes(state, LiveJson.Default.LiveState)));
        foreach (var old in Directory.GetFiles(_request.Folder, "pixels-*.kept").Where(old => Path.GetFileName(old) != name))
            File.Delete(old);
        _request.Saved?.Invoke(new KeptWork(KeptPart.Frames, frames.Count, 0));
        _keepingTook = watch.Elapsed;
        _sinceKept = Stopwatch.StartNew();
    }

    /// <summary>Puts back the pixels of an earlier run.</summary>
    /// <returns>What belongs to them; null where there are none, or those of another request.</returns>
    public (LiveState State, InspectedFrame Reference)? Restore()
    {
        LiveState? state = null;
        KeptLook? look = null;
        if (!_request.Resumes)
            return null;
        DurableFile.TryRead(StatePath, reader => state = JsonSerializer.Deserialize(reader.ReadBytes((int)reader.BaseStream.Length), LiveJson.Default.LiveState));
        DurableFile.TryRead(ReferencePath, reader => look = KeptLook.Read(reader));
        if (state is null || look is null || state.Recipe != _recipe || !File.Exists(PathOf(state.Pixels)))
            return null;
        File.Copy(PathOf(state.Pixels), PixelsPath, overwrite: true);
        return (state, new InspectedFrame(0, state.ReferencePath, state.ReferenceInfo, look.Field, look.Levels, new NoStore()) { CameraBalance = look.CameraBalance });
    }

    private string PathOf(string name) => Path.Combine(_request.Folder, name);

    /// <summary>The rows of the first frame are in the picture; nobody asks for them again.</summary>
    private sealed class NoStore : FrameStore
    {
        public override void ReadRows(int channel, int firstRow, Span<float> rows) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
