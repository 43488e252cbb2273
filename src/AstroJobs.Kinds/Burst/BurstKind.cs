using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Chains;

namespace AstroJobs.Kinds.Burst;

/// <summary>A series of frames from one camera into the job's output folder.</summary>
public sealed class BurstKind() : JobKind<BurstParameters>(static () => BurstJson.Default.BurstParameters)
{
    private const int MostFrames = 100_000;
    private const int LongestPrefix = 64;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestExposure = TimeSpan.FromHours(1);

    public override string Name => "burst";

    /// <summary>A camera that is in the middle of its protocol gets time to end it.</summary>
    public override TimeSpan CancelGrace => TimeSpan.FromSeconds(10);

    public override bool CanResume => true;

    public override IReadOnlyList<string> SlotsFor(BurstParameters parameters) => [CameraDrivers.Slot(parameters.Camera)];

    public override BurstParameters Prepare(BurstParameters parameters, SubmitContext context)
    {
        CameraDrivers.Check(parameters.Camera);
        if (parameters.Count is < 1 or > MostFrames)
            throw Wrong($"The count cannot be {parameters.Count}: it goes from 1 to {MostFrames} frames.");
        if (parameters.Interval < TimeSpan.Zero || parameters.Interval > LongestInterval)
            throw Wrong($"The interval cannot be {parameters.Interval.TotalSeconds} s: it goes from 0 to {LongestInterval.TotalSeconds} s.");
        if (parameters.Exposure < TimeSpan.Zero || parameters.Exposure > LongestExposure)
            throw Wrong($"The exposure cannot be {parameters.Exposure.TotalSeconds} s: it goes from 0 to {LongestExposure.TotalSeconds} s.");
        if (parameters.Iso is < SimulatedCamera.LowestIso or > SimulatedCamera.HighestIso)
            throw Wrong($"The ISO cannot be {parameters.Iso}: it goes from {SimulatedCamera.LowestIso} to {SimulatedCamera.HighestIso}.");
        var format = parameters.Format.TrimStart('.').ToLowerInvariant();
        if (!ImageFile.WritableExtensions.Contains($".{format}"))
            throw Wrong($"There is no format '{parameters.Format}': it is one of {string.Join(", ", ImageFile.WritableExtensions.Select(ending => ending[1..]))}.");
        if (!IsFileName(parameters.Prefix))
            throw Wrong($"File names cannot begin with '{parameters.Prefix}': give 1 to {LongestPrefix} letters, digits, dots, dashes or underscores, and no dot first.");
        parameters.Sim.Validate();
        return parameters with { Format = format, Then = Chain.Prepare(parameters.Then, context) };
    }

    protected override async Task RunAsync(BurstParameters parameters, JobContext context)
    {
        await using var camera = CameraDrivers.Open(parameters.Camera, parameters.Sim, context.Time);
        await new BurstRun(camera, parameters, context).TakeAsync().ConfigureAwait(false);
    }

    private static bool IsFileName(string prefix) =>
        prefix.Length is > 0 and <= LongestPrefix && prefix[0] != '.' && prefix.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static JobException Wrong(FormattableString message) => new(ErrorCode.BadInput, FormattableString.Invariant(message));
}
