using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// Finds frames whose background, as the first look told it, has another shape than that of the others: a cloud, the glow of a town. Where the stars
/// are dimmed with it they are brought back to their light, and samples behind a cloud too thick for that are left out.
/// </summary>
internal static class UnevenSkies
{
    // Clear skies differ by a thirtieth of the noise, as well as a glance tells them: a frame is left as it is until 2 % of its cells are off by seven times that.
    private const double EvenSigmas = 0.25;
    private const double FewCells = 0.02;

    /// <returns>What evens them; null when there is no such frame.</returns>
    public static LocalFit? Fit(StackPass pass, InspectedFrame reference)
    {
        var (plan, frames, fits) = (pass.Plan, pass.Frames, pass.Integration.Fits);
        if (frames.Any(frame => frame.Frame.Background is null))
            return null;
        SkyMesh[] own = [.. frames.Select((frame, i) => frame.Frame.Background!.Fitted(fits.Count == 0 ? [] : fits[i]))];
        var target = SkyTarget.Of(SkyMeshGrid.Coarse(plan.Width, plan.Height), frames, own, sky: null);
        double[][] brighter = [.. frames.Select((frame, i) => BrighterCells(frame, own[i], target))];
        var even = EvenSigmas * reference.Levels.Average(level => level.Scatter);
        FrameMap?[] maps = [.. frames.Select((frame, i) => IsUneven(brighter[i], even) ? frame.ToCanvas : null)];
        if (maps.All(map => map is null))
            return null;
        var pairing = new StarPairing(reference.Field, StarDimming.PairReach);
        return new LocalFit(maps, own, target, [.. frames.Select((frame, i) => maps[i] is null ? default : VeilOf(frame, own[i], target, brighter[i], pairing))]);
    }

    private static bool IsUneven(double[] brighter, double even) => brighter.Count(cell => Math.Abs(cell) > even) > FewCells * brighter.Length;

    /// <summary>How much brighter the frame's sky is than that of the others, in the cells of the result that it shows; ascending.</summary>
    private static double[] BrighterCells(RegisteredFrame frame, SkyMesh own, SkyMesh target)
    {
        var cells = new List<double>();
        for (var cell = 0; cell < target.Grid.Cells; cell++)
        {
            if (SkyTarget.PlaceOn(frame, target.Grid, cell) is { } place)
                cells.Add(own.BrighterThan(target, place, target.Grid.MiddleOf(cell)));
        }
        cells.Sort();
        return [.. cells];
    }

    /// <param name="brighter">The darkest of its cells are taken to be clear.</param>
    private static SkyVeil VeilOf(RegisteredFrame frame, SkyMesh own, SkyMesh target, double[] brighter, StarPairing reference)
    {
        var clear = brighter[(int)(FewCells * (brighter.Length - 1))];
        return new SkyVeil(clear, StarDimming.Of(frame, reference, (u, v) => own.BrighterThan(target, (u, v), frame.ToCanvas.ToReference(u, v)) - clear));
    }
}
