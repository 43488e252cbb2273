using System.Collections.Concurrent;
using System.Globalization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>
/// Finds by their stars where frames lie on the reference. What does not match the reference itself is tried on frames that do, the nearest in
/// time first: a sky that drifts out of the reference's view leads there step by step.
/// </summary>
internal sealed class StarRegistrar(StackSession session, IReadOnlyList<InspectedFrame> frames)
{
    private const int Trials = 3;
    private const int Neighbours = 3;

    /// <summary>On fewer, nothing can be laid.</summary>
    public const int FewestStars = 4;

    private readonly ConcurrentDictionary<int, StarMatcher> _matchers = new();

    /// <param name="ranked">The frames that may be the reference, best first.</param>
    /// <returns>One match a frame.</returns>
    public (StarMatch[] Matches, int Reference) Register(IReadOnlyList<int> ranked)
    {
        StarMatch[] best = [];
        var reference = ranked[0];
        // A frame of another sky may look best of all: when most others do not fit it, the next best is tried.
        foreach (var candidate in ranked.Take(Trials))
        {
            var matches = MatchAll(candidate);
            if (best.Length == 0 || Matched(matches) > Matched(best))
                (best, reference) = (matches, candidate);
            if (Matched(best) * 2 > frames.Count)
                break;
        }
        while (Matched(best) < frames.Count && MatchThroughNeighbours(best, reference))
        {
        }
        return (best, reference);
    }

    private StarMatch[] MatchAll(int reference)
    {
        var matches = new StarMatch[frames.Count];
        var matcher = MatcherOf(reference);
        var done = 0;
        Crew.Run(session.Request.Threads, frames.Count, (_, i, token) =>
        {
            token.ThrowIfCancellationRequested();
            matches[i] = i == reference
                ? new StarMatch(FrameMap.Identity, frames[i].Field.Stars.Count, 0, null)
                : matcher.Match(frames[i].Field);
            var count = Interlocked.Increment(ref done);
            var what = matches[i].ToReference is null ? "not registered" : "registered";
            session.Tell(StackPhase.Register, count, frames.Count, string.Create(
                CultureInfo.InvariantCulture, $"Frame {count}/{frames.Count} {what} ({frames[i].Field.Stars.Count} stars)"));
        }, session.Cancellation);
        return matches;
    }

    /// <summary>One round over all that do not lie on the reference yet, against those that did before it.</summary>
    /// <returns>Whether any was found.</returns>
    private bool MatchThroughNeighbours(StarMatch[] matches, int reference)
    {
        var known = Enumerable.Range(0, matches.Length).Where(i => i != reference && matches[i].ToReference is not null).ToArray();
        var lost = Enumerable.Range(0, matches.Length).Where(i => matches[i].ToReference is null).ToArray();
        var found = new StarMatch?[lost.Length];
        Crew.Run(session.Request.Threads, lost.Length, (_, i, token) =>
        {
            foreach (var neighbour in known.OrderBy(other => Distance(lost[i], other)).Take(Neighbours))
            {
                token.ThrowIfCancellationRequested();
                found[i] ??= MatchThrough(lost[i], neighbour, matches[neighbour].ToReference!, reference);
            }
        }, session.Cancellation);
        for (var i = 0; i < lost.Length; i++)
            matches[lost[i]] = found[i] ?? matches[lost[i]];
        return found.Any(match => match is not null);
    }

    /// <summary>On the reference itself where the way over the neighbour leads to its stars, else by that way.</summary>
    private StarMatch? MatchThrough(int frame, int neighbour, FrameMap neighbourToReference, int reference)
    {
        var (field, middle) = (frames[frame].Field, frames[neighbour].Field);
        var step = MatcherOf(neighbour).Match(field);
        if (step.ToReference is not { } toNeighbour)
            return null;
        var guess = toNeighbour.Near(field.Width / 2.0, field.Height / 2.0).Then(neighbourToReference.Near(middle.Width / 2.0, middle.Height / 2.0));
        var direct = MatcherOf(reference).MatchNear(field, guess);
        if (direct.ToReference is not null)
            return direct;
        return MapFit.Joined(toNeighbour, neighbourToReference, field.Width, field.Height) is { } joined
            ? step with { ToReference = joined, Through = Path.GetFileName(frames[neighbour].Path) }
            : null;
    }

    private StarMatcher MatcherOf(int frame) => _matchers.GetOrAdd(frame, index => new StarMatcher(frames[index].Field, session.Request.Registration.Transform));

    /// <summary>In time where both frames tell it, else in the order of the inputs.</summary>
    private double Distance(int a, int b) => frames[a].Info.Metadata.DateObs is { } one && frames[b].Info.Metadata.DateObs is { } other
        ? Math.Abs((one - other).TotalSeconds)
        : Math.Abs(frames[a].Index - frames[b].Index);

    private static int Matched(StarMatch[] matches) => matches.Count(match => match.ToReference is not null);
}
