using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>Gets the camera ready before a shot and lets it go over a long wait, with the caller's programs that switch its power. A program that fails is logged, and the shot is tried all the same.</summary>
internal sealed class CameraPower(Func<ICamera> open, IReadOnlyDictionary<string, string> settings, TimelapseParameters parameters, JobContext context)
{
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMinutes(1);

    private ICamera? _camera;

    public bool IsReady { get; private set; }

    public bool ShouldStandBy(TimeSpan wait) => IsReady && wait > parameters.StandbyAfter;

    public async Task WarmUpAsync()
    {
        IsReady = true;
        await RunAsync(parameters.OnWarmup).ConfigureAwait(false);
    }

    public async Task StandByAsync()
    {
        await LetGoAsync().ConfigureAwait(false);
        IsReady = false;
        await RunAsync(parameters.OnStandby).ConfigureAwait(false);
    }

    /// <exception cref="JobException">It cannot be opened or set.</exception>
    public async Task<ICamera> GetAsync()
    {
        if (_camera is not null)
            return _camera;
        var camera = open();
        try
        {
            if (settings.Count > 0 || parameters.Camera != SimulatedCamera.Name)
                await camera.ConfigureAsync(settings, context.Cancellation).ConfigureAwait(false);
        }
        catch
        {
            await camera.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return _camera = camera;
    }

    /// <summary>The next shot opens it anew.</summary>
    public async Task LetGoAsync()
    {
        if (Interlocked.Exchange(ref _camera, null) is { } camera)
            await camera.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(IReadOnlyList<string> command)
    {
        if (command.Count == 0)
            return;
        try
        {
            var patience = parameters.Warmup > LeastPatience ? parameters.Warmup : LeastPatience;
            var ran = await context.RunToolAsync(new Tool(command[0], [.. command.Skip(1)]) { Timeout = patience }).ConfigureAwait(false);
            if (ran.ExitCode != 0)
                context.Log.LogWarning("{Program} ended with exit code {ExitCode}; the series goes on", command[0], ran.ExitCode);
        }
        catch (JobException failed)
        {
            context.Log.LogWarning("{Program}: {Message} The series goes on", command[0], failed.Message);
        }
    }
}
