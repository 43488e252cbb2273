namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>What the samples of each frame are multiplied by, so that trails fade.</summary>
internal static class TrailFades
{
    /// <summary>By the times of the frames where all say theirs, else by their order; the frame at the dark end keeps 1 / n.</summary>
    /// <returns>One a frame, 0 … 1.</returns>
    public static float[] Of(TrailFade fade, IReadOnlyList<DateTimeOffset?> times)
    {
        var least = 1.0 / times.Count;
        return [.. Parts(times).Select(part => (float)(least + ((1 - least) * (fade switch
        {
            TrailFade.In => part,
            TrailFade.Out => 1 - part,
            TrailFade.Both => 1 - Math.Abs((2 * part) - 1),
            _ => 1,
        }))))];
    }

    /// <summary>0 for the first frame, 1 for the last.</summary>
    private static IEnumerable<double> Parts(IReadOnlyList<DateTimeOffset?> times)
    {
        var (first, last) = (times.Min(), times.Max());
        return times.All(time => time is not null) && last > first
            ? times.Select(time => (time!.Value - first!.Value) / (last.Value - first.Value))
            : times.Select((_, i) => times.Count == 1 ? 1 : (double)i / (times.Count - 1));
    }
}
