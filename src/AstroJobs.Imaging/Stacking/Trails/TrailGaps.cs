using System.Globalization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>The pauses that are to be filled, and how the stars moved in them.</summary>
internal sealed record TrailGaps(TrailMotion Motion, IReadOnlyList<TrailGap> Gaps)
{
    private const double Shortest = 0.01; // seconds

    /// <param name="frames">As they are, not moved; with their stars.</param>
    /// <param name="notes">Is told what was filled, and why not.</param>
    /// <returns>Null when nothing can be filled.</returns>
    public static TrailGaps? Of(IReadOnlyList<RegisteredFrame> frames, int threads, ICollection<string> notes, CancellationToken cancellation)
    {
        var timed = frames.Select((frame, index) => (Frame: frame.Frame, index, frame.Frame.Info.Metadata.DateObs, frame.Frame.Info.Metadata.Exposure))
            .OrderBy(frame => frame.DateObs).ToArray();
        if (timed.Any(frame => frame.DateObs is null || frame.Exposure is null))
        {
            notes.Add("gaps in the trails were not filled: not every frame says when it was taken and how long it was exposed");
            return null;
        }
        var pairs = timed.Zip(timed.Skip(1)).ToArray();
        var maps = new (FrameMap Map, double Seconds)?[pairs.Length];
        Crew.Run(threads, pairs.Length, (_, i, token) =>
        {
            token.ThrowIfCancellationRequested();
            var seconds = (pairs[i].Second.DateObs!.Value - pairs[i].First.DateObs!.Value).TotalSeconds;
            if (seconds > 0 && new StarMatcher(pairs[i].First.Frame.Field).Match(pairs[i].Second.Frame.Field).ToReference is { } map)
                maps[i] = (map, seconds);
        }, cancellation);
        var info = frames[0].Frame.Info;
        if (TrailMotion.Of(info.Width, info.Height, [.. maps.Where(map => map is not null).Select(map => map!.Value)]) is not { } motion)
        {
            notes.Add("gaps in the trails were not filled: no two frames tell by their stars how the sky moves");
            return null;
        }
        var all = pairs.Select(pair => new TrailGap(pair.First.index, pair.Second.index, (pair.Second.DateObs!.Value - pair.First.DateObs!.Value - pair.First.Exposure!.Value).TotalSeconds)).ToArray();
        // Over a pause longer than an exposure a trail is more made up than seen.
        var gaps = all.Where(gap => gap.Seconds > Shortest && gap.Seconds <= timed[0].Exposure!.Value.TotalSeconds).ToArray();
        notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"{gaps.Length} gaps of {gaps.Sum(gap => gap.Seconds):0.#} s in all were filled along the motion of the stars, up to {motion.Fastest * 60:0.##} px a minute"));
        if (all.Count(gap => gap.Seconds > timed[0].Exposure!.Value.TotalSeconds) is > 0 and var pauses)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{pauses} pauses longer than an exposure stayed as gaps"));
        return gaps.Length == 0 ? null : new TrailGaps(motion, gaps);
    }
}
