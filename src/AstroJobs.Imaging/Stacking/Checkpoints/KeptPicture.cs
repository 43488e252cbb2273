using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>The finished strips of a picture and of its maps, where they outlive the process.</summary>
internal sealed class KeptPicture : IDisposable
{
    private readonly StackCheckpoint _checkpoint;
    private readonly KeptPart _part;
    private readonly string _recipe;
    private readonly StripPlan _plan;

    private KeptPicture(StackCheckpoint checkpoint, KeptPart part, string recipe, StripPlan plan)
    {
        (_checkpoint, _part, _recipe, _plan) = (checkpoint, part, recipe, plan);
        Strips = checkpoint.FindStrips(part, recipe);
        Picture = checkpoint.Picture($"{part}", plan);
        Low = plan.HasMaps ? checkpoint.Picture($"{part}-low", plan) : null;
        High = plan.HasMaps ? checkpoint.Picture($"{part}-high", plan) : null;
        Coverage = plan.HasCoverage ? checkpoint.Picture($"{part}-coverage", plan) : null;
        Weights = plan.Drizzle is null ? null : checkpoint.Picture($"{part}-weights", plan);
    }

    /// <summary>Those of an earlier run.</summary>
    public KeptStrips Strips { get; }

    public ScratchPicture Picture { get; }

    /// <summary>Null when no maps are wanted.</summary>
    public ScratchPicture? Low { get; }

    public ScratchPicture? High { get; }

    /// <summary>Null when none is wanted.</summary>
    public ScratchPicture? Coverage { get; }

    /// <summary>Null when nothing is drizzled.</summary>
    public ScratchPicture? Weights { get; }

    private IEnumerable<ScratchPicture> All => ((ScratchPicture?[])[Picture, Low, High, Coverage, Weights]).OfType<ScratchPicture>();

    /// <returns>Null where strips are not worth keeping.</returns>
    public static KeptPicture? Open(StackCheckpoint? checkpoint, KeptPart part, StackPass pass) =>
        checkpoint?.KeepsStrips(pass.Plan, pass.Frames.Count) == true ? new KeptPicture(checkpoint, part, checkpoint.RecipeOf(pass), pass.Plan) : null;

    /// <summary>One thread at a time.</summary>
    public void Keep(KeptStrips strips) => _checkpoint.KeepStrips(_part, _recipe, strips, Math.Min(_plan.Height, strips.Strips * _plan.Rows), () =>
    {
        foreach (var picture in All)
            picture.Sync();
    });

    public void Dispose()
    {
        foreach (var picture in All)
            picture.Dispose();
    }
}
