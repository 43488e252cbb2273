using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Chains;

/// <summary>A kind that can work on what another job made.</summary>
internal abstract class FollowingKind
{
    public abstract string Name { get; }

    /// <summary>How many frames there must be for it.</summary>
    public abstract int LeastFrames { get; }

    /// <summary>Whether it works on the picture of a stack, where there is one before it.</summary>
    public bool TakesStack { get; init; }

    /// <summary>Refuses now what would be refused when the frames are there.</summary>
    public abstract void Check(Follower follower, SubmitContext context);

    /// <param name="from">The job that makes what it works on.</param>
    public abstract JobId Submit(Follower follower, JobId from, JobContext context);
}

/// <inheritdoc cref="FollowingKind"/>
/// <param name="from">Puts in the id of the job that it works on.</param>
internal sealed class FollowingKind<TParameters>(JobKind<TParameters> kind, int leastFrames, Func<TParameters, string, TParameters> from) : FollowingKind
    where TParameters : class
{
    /// <summary>Throws at what makes sense alone and not behind a series.</summary>
    public Action<TParameters> Refuse { get; init; } = static _ => { };

    public override string Name => kind.Name;

    public override int LeastFrames => leastFrames;

    public override void Check(Follower follower, SubmitContext context)
    {
        using var rehearsal = new Rehearsal(context);
        var parameters = kind.Deserialize(follower.Parameters);
        Refuse(parameters);
        kind.Prepare(from(parameters, rehearsal.Anybody.ToString()), rehearsal);
    }

    public override JobId Submit(Follower follower, JobId job, JobContext context) =>
        context.Submit(kind, from(kind.Deserialize(follower.Parameters), job.ToString()), follower.CallerFolder ?? context.WorkFolder, key: kind.Name);
}
