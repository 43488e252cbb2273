using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>Shots at times that are known beforehand, for hours or nights. It holds its camera from its start to its end: nothing comes between it and its next shot.</summary>
public sealed class TimelapseKind() : JobKind<TimelapseParameters>(static () => TimelapseJson.Default.TimelapseParameters, static () => new())
{
    public override string Name => "timelapse";

    /// <summary>A camera that is in the middle of its protocol gets time to end it.</summary>
    public override TimeSpan CancelGrace => TimeSpan.FromSeconds(20);

    public override bool CanResume => true;

    public override bool CanPause => true;

    public override IReadOnlyList<string> SlotsFor(TimelapseParameters parameters) => [CameraDrivers.Slot(parameters.Camera)];

    public override TimelapseParameters Prepare(TimelapseParameters parameters, SubmitContext context)
    {
        parameters = ShootingCheck.Complete(parameters);
        CheckName(parameters);
        CheckPower(parameters);
        var planned = TimelapsePlan.Prepare(parameters, context.Time.GetUtcNow(), context.Time.LocalTimeZone);
        return planned with
        {
            Grace = TimelapseSchedule.Grace(planned),
            Then = Chain.Prepare(parameters.Then, context),
            OnWarmup = Find(parameters.OnWarmup, "--on-warmup", context),
            OnStandby = Find(parameters.OnStandby, "--on-standby", context),
        };
    }

    protected override Task RunAsync(TimelapseParameters parameters, JobContext context) =>
        new TimelapseRun(() => CameraDrivers.Open(parameters, context), parameters, context).TakeAsync();

    /// <summary>A series that goes on finds what it has by its names.</summary>
    private static void CheckName(TimelapseParameters parameters)
    {
        if (parameters.NameTemplate.Contains("{time}", StringComparison.Ordinal) || parameters.NameTemplate.Contains("{date}", StringComparison.Ordinal))
            throw Wrong($"The files of a timelapse cannot be named by their time: '{parameters.NameTemplate}'. Its result.json says when each was taken.");
    }

    private static void CheckPower(TimelapseParameters parameters)
    {
        if (parameters.Grace is { } grace && grace < TimeSpan.FromMilliseconds(100))
            throw Wrong($"The grace cannot be {grace.TotalSeconds} s: no shot starts to the millisecond. Give at least 0.1 s.");
        if (parameters.Warmup < TimeSpan.Zero || parameters.Warmup > TimeSpan.FromHours(1))
            throw Wrong($"The warm-up cannot be {parameters.Warmup.TotalSeconds} s: it goes from 0 to an hour.");
        if (parameters.StandbyAfter <= parameters.Warmup)
            throw Wrong($"A camera that warms up for {parameters.Warmup.TotalSeconds} s cannot stand by over a wait of {parameters.StandbyAfter?.TotalSeconds} s: the standby must come after a longer wait than the warm-up takes.");
    }

    /// <summary>By its full path: it runs in another folder, and later.</summary>
    private static IReadOnlyList<string> Find(IReadOnlyList<string> command, string option, SubmitContext context) => command.Count == 0
        ? command
        : [ProgramPath.Find(command[0], context.CallerFolder) ?? throw new JobException(ErrorCode.ToolMissing, $"There is no program '{command[0]}' ({option}).", "Install it, or give its full path."), .. command.Skip(1)];

    private static JobException Wrong(FormattableString message) => new(ErrorCode.BadInput, FormattableString.Invariant(message));
}
