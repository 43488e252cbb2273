using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Burst;

/// <summary>A series of frames from one camera into the job's output folder.</summary>
public sealed class BurstKind() : JobKind<BurstParameters>(static () => BurstJson.Default.BurstParameters, static () => new())
{
    private const int MostFrames = 100_000;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public override string Name => "burst";

    /// <summary>A camera that is in the middle of its protocol gets time to end it.</summary>
    public override TimeSpan CancelGrace => TimeSpan.FromSeconds(20);

    public override bool CanResume => true;

    public override IReadOnlyList<string> SlotsFor(BurstParameters parameters) => [CameraDrivers.Slot(parameters.Camera)];

    public override BurstParameters Prepare(BurstParameters parameters, SubmitContext context)
    {
        if (parameters.Count is < 1 or > MostFrames)
            throw ShootingCheck.Wrong($"The count cannot be {parameters.Count}: it goes from 1 to {MostFrames} frames.");
        if (parameters.Interval < TimeSpan.Zero || parameters.Interval > LongestInterval)
            throw ShootingCheck.Wrong($"The interval cannot be {parameters.Interval.TotalSeconds} s: it goes from 0 to {LongestInterval.TotalSeconds} s.");
        if (parameters.MaxFailures < 0)
            throw ShootingCheck.Wrong($"The most failures cannot be {parameters.MaxFailures}.");
        return ShootingCheck.Complete(parameters) with { Then = Chain.Prepare(parameters.Then, context) };
    }

    protected override async Task RunAsync(BurstParameters parameters, JobContext context)
    {
        await using var camera = CameraDrivers.Open(parameters, context);
        await new BurstRun(camera, parameters, context).TakeAsync().ConfigureAwait(false);
    }
}
