using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>The finished strips of a result and of its maps, where they outlive the process.</summary>
internal sealed class KeptResult : IDisposable
{
    private readonly StackCheckpoint _checkpoint;
    private readonly string _recipe;
    private readonly StripPlan _plan;

    private KeptResult(StackCheckpoint checkpoint, string recipe, StripPlan plan)
    {
        (_checkpoint, _recipe, _plan) = (checkpoint, recipe, plan);
        Strips = checkpoint.FindStrips(recipe);
        Picture = checkpoint.Picture("result", plan);
        Low = plan.HasMaps ? checkpoint.Picture("low", plan) : null;
        High = plan.HasMaps ? checkpoint.Picture("high", plan) : null;
        Coverage = plan.HasCoverage ? checkpoint.Picture("coverage", plan) : null;
    }

    /// <summary>Those of an earlier run.</summary>
    public KeptStrips Strips { get; }

    public ScratchPicture Picture { get; }

    /// <summary>Null when no maps are wanted.</summary>
    public ScratchPicture? Low { get; }

    public ScratchPicture? High { get; }

    /// <summary>Null when none is wanted.</summary>
    public ScratchPicture? Coverage { get; }

    /// <returns>Null where strips are not worth keeping.</returns>
    public static KeptResult? Open(StackCheckpoint? checkpoint, StripPlan plan, Integration integration, IReadOnlyList<RegisteredFrame> frames) =>
        checkpoint?.KeepsStrips(plan, frames.Count) == true ? new KeptResult(checkpoint, checkpoint.RecipeOf(plan, integration, frames), plan) : null;

    /// <summary>One thread at a time.</summary>
    public void Keep(KeptStrips strips) => _checkpoint.KeepStrips(_recipe, strips, Math.Min(_plan.Height, strips.Strips * _plan.Rows), () =>
    {
        Picture.Sync();
        Low?.Sync();
        High?.Sync();
        Coverage?.Sync();
    });

    public void Dispose()
    {
        Picture.Dispose();
        Low?.Dispose();
        High?.Dispose();
        Coverage?.Dispose();
    }
}
