using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Stack;
using AstroJobs.Kinds.Video;

namespace AstroJobs.Kinds.Chains;

/// <summary>
/// What follows when a series is over. The jobs are made by the worker that has the frames, just before it is done: so a series that is cancelled or fails
/// has no followers, and one that is resumed has them when it comes to its end. Each is made once, however often a worker dies there.
/// </summary>
internal static class Chain
{
    private static readonly IReadOnlyList<FollowingKind> Kinds =
    [
        new FollowingKind<StackParameters>(new StackKind(), 2, static (parameters, job) => parameters with { FromJob = job }) { Refuse = RefuseLive },
        new FollowingKind<ExtractParameters>(new ExtractKind(), 1, static (parameters, job) => parameters with { FromJob = job }) { TakesStack = true },
        new FollowingKind<VideoParameters>(new VideoKind(), 2, static (parameters, job) => parameters with { FromJob = job }),
    ];

    /// <summary>Checks them in the caller's process.</summary>
    /// <exception cref="JobException">What the kind itself says about its parameters.</exception>
    public static IReadOnlyList<Follower> Prepare(IReadOnlyList<Follower> followers, SubmitContext context)
    {
        foreach (var follower in followers)
            Find(follower).Check(follower, context);
        return [.. followers.Select(follower => follower with { CallerFolder = context.CallerFolder })];
    }

    /// <param name="frames">How many files the series has.</param>
    public static IReadOnlyList<FollowerOutcome> Submit(IReadOnlyList<Follower> followers, int frames, JobContext context)
    {
        JobId? stack = null;
        var outcomes = new List<FollowerOutcome>();
        foreach (var follower in followers.OrderBy(static follower => Find(follower).TakesStack)) // the stack before those that take it
        {
            var kind = Find(follower);
            var afterStack = kind.TakesStack && followers.Any(static other => other.Kind == "stack");
            if (afterStack && stack is null)
            {
                outcomes.Add(new FollowerOutcome(kind.Name, null, "There is no stack."));
            }
            else if (frames < kind.LeastFrames)
            {
                outcomes.Add(new FollowerOutcome(kind.Name, null, string.Create(CultureInfo.InvariantCulture, $"{frames} frame(s) came, and a {kind.Name} needs {kind.LeastFrames}.")));
            }
            else
            {
                var job = kind.Submit(follower, afterStack ? stack!.Value : context.Id, context);
                if (kind.Name == "stack")
                    stack = job;
                outcomes.Add(new FollowerOutcome(kind.Name, job.ToString(), null));
            }
        }
        return outcomes;
    }

    private static void RefuseLive(StackParameters parameters)
    {
        if (parameters.Live)
            throw new JobException(
                ErrorCode.BadInput, "A stack that follows is made when all frames are there: it cannot be live.",
                "Leave --live out; or submit the series first, and then, beside it: astrojobs submit stack --live --from-job ID.");
    }

    private static FollowingKind Find(Follower follower) => Kinds.FirstOrDefault(kind => kind.Name == follower.Kind)
        ?? throw new JobException(ErrorCode.BadInput, $"No job of the kind {follower.Kind} can follow.", $"These can: {string.Join(", ", Kinds.Select(static kind => kind.Name))}.");
}
