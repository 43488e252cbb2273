using System.Diagnostics;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Stacking;

/// <summary>What all steps of one run of a stack share.</summary>
/// <param name="memoryBytes">About how much its pixels may take.</param>
/// <param name="scratch">For decoded pixels.</param>
internal sealed class StackSession(StackRequest request, long memoryBytes, ScratchFile scratch) : IDisposable
{
    private readonly Dictionary<StackPhase, TimeSpan> _times = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public StackRequest Request => request;

    public long MemoryBytes => memoryBytes;

    public ScratchFile Scratch => scratch;

    /// <summary>Null where nothing is kept for another run.</summary>
    public StackCheckpoint? Checkpoint { get; init; }

    /// <summary>Called from several threads.</summary>
    public IProgress<StackProgress>? Progress { get; init; }

    public CancellationToken Cancellation { get; init; }

    public LeftOutFrames LeftOut { get; } = new(request.Inputs);

    /// <summary>Of the phases that have ended.</summary>
    public StackTimes Times => new(TimeOf(StackPhase.Calibrate), TimeOf(StackPhase.Read), TimeOf(StackPhase.Register), TimeOf(StackPhase.Integrate), TimeOf(StackPhase.Write));

    /// <summary>Goes on from the request's checkpoint, if there is one: with the budget and the pixels of the run before.</summary>
    public static StackSession Open(StackRequest request, IProgress<StackProgress>? progress, CancellationToken cancellation)
    {
        var memory = request.MemoryBytes ?? MemoryBudget.Default();
        var checkpoint = StackCheckpoint.Open(request, memory);
        var scratch = checkpoint is null
            ? new ScratchFile(Path.Combine(request.WorkFolder, "frames.scratch"))
            : new ScratchFile(checkpoint.ScratchPath, checkpoint.ScratchLength);
        return new StackSession(request, checkpoint?.MemoryBytes ?? memory, scratch) { Checkpoint = checkpoint, Progress = progress, Cancellation = cancellation };
    }

    public void Tell(StackPhase phase, int current, int total, string message) => Progress?.Report(new StackProgress(current, total, phase, message));

    /// <summary>It took the time since the end of the one before.</summary>
    public void EndPhase(StackPhase phase)
    {
        _times[phase] = _clock.Elapsed;
        _clock.Restart();
    }

    public void Dispose()
    {
        Scratch.Dispose();
        Checkpoint?.Dispose();
    }

    private TimeSpan TimeOf(StackPhase phase) => _times.GetValueOrDefault(phase);
}
