using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Chains;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>Shots at times that are known beforehand, for hours or nights. It holds its camera from its start to its end: nothing comes between it and its next shot.</summary>
public sealed class TimelapseKind() : JobKind<TimelapseParameters>(static () => TimelapseJson.Default.TimelapseParameters)
{
    private const int LongestPrefix = 64;

    private static readonly TimeSpan LongestExposure = TimeSpan.FromHours(1);

    public override string Name => "timelapse";

    /// <summary>A camera that is in the middle of its protocol gets time to end it.</summary>
    public override TimeSpan CancelGrace => TimeSpan.FromSeconds(10);

    public override bool CanResume => true;

    public override bool CanPause => true;

    public override IReadOnlyList<string> SlotsFor(TimelapseParameters parameters) => [CameraDrivers.Slot(parameters.Camera)];

    public override TimelapseParameters Prepare(TimelapseParameters parameters, SubmitContext context)
    {
        CheckFrames(parameters);
        CheckPower(parameters);
        var planned = TimelapsePlan.Prepare(parameters, context.Time.GetUtcNow(), context.Time.LocalTimeZone);
        return planned with
        {
            Format = parameters.Format.TrimStart('.').ToLowerInvariant(),
            Grace = TimelapseSchedule.Grace(planned),
            Then = Chain.Prepare(parameters.Then, context),
            OnWarmup = Find(parameters.OnWarmup, "--on-warmup", context),
            OnStandby = Find(parameters.OnStandby, "--on-standby", context),
        };
    }

    protected override Task RunAsync(TimelapseParameters parameters, JobContext context) =>
        new TimelapseRun(() => CameraDrivers.Open(parameters.Camera, parameters.Sim, context.Time), parameters, context).TakeAsync();

    private static void CheckFrames(TimelapseParameters parameters)
    {
        CameraDrivers.Check(parameters.Camera);
        if (parameters.Exposure < TimeSpan.Zero || parameters.Exposure > LongestExposure)
            throw Wrong($"The exposure cannot be {parameters.Exposure.TotalSeconds} s: it goes from 0 to {LongestExposure.TotalSeconds} s.");
        if (parameters.Iso is < SimulatedCamera.LowestIso or > SimulatedCamera.HighestIso)
            throw Wrong($"The ISO cannot be {parameters.Iso}: it goes from {SimulatedCamera.LowestIso} to {SimulatedCamera.HighestIso}.");
        if (!ImageFile.WritableExtensions.Contains($".{parameters.Format.TrimStart('.').ToLowerInvariant()}"))
            throw Wrong($"There is no format '{parameters.Format}': it is one of {string.Join(", ", ImageFile.WritableExtensions.Select(static ending => ending[1..]))}.");
        if (!IsFileName(parameters.Prefix))
            throw Wrong($"File names cannot begin with '{parameters.Prefix}': give 1 to {LongestPrefix} letters, digits, dots, dashes or underscores, and no dot first.");
        parameters.Sim.Validate();
    }

    private static void CheckPower(TimelapseParameters parameters)
    {
        if (parameters.Grace is { } grace && grace < TimeSpan.FromMilliseconds(100))
            throw Wrong($"The grace cannot be {grace.TotalSeconds} s: no shot starts to the millisecond. Give at least 0.1 s.");
        if (parameters.Warmup < TimeSpan.Zero || parameters.Warmup > TimeSpan.FromHours(1))
            throw Wrong($"The warm-up cannot be {parameters.Warmup.TotalSeconds} s: it goes from 0 to an hour.");
        if (parameters.StandbyAfter <= parameters.Warmup)
            throw Wrong($"A camera that warms up for {parameters.Warmup.TotalSeconds} s cannot stand by over a wait of {parameters.StandbyAfter?.TotalSeconds} s: the standby must come after a longer wait than the warm-up takes.");
        if (parameters.StopWhenFreeBelow < 0)
            throw Wrong($"What stays free cannot be less than nothing.");
    }

    /// <summary>By its full path: it runs in another folder, and later.</summary>
    private static IReadOnlyList<string> Find(IReadOnlyList<string> command, string option, SubmitContext context) => command.Count == 0
        ? command
        : [ProgramPath.Find(command[0], context.CallerFolder) ?? throw new JobException(ErrorCode.ToolMissing, $"There is no program '{command[0]}' ({option}).", "Install it, or give its full path."), .. command.Skip(1)];

    private static bool IsFileName(string prefix) =>
        prefix.Length is > 0 and <= LongestPrefix && prefix[0] != '.' && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static JobException Wrong(FormattableString message) => new(ErrorCode.BadInput, FormattableString.Invariant(message));
}
