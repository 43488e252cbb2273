using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>Asks a camera again that is busy, held by somebody else, or away: after a pause, twice as long each time.</summary>
internal sealed class Gphoto2Patience(CameraSurroundings around)
{
    /// <summary>Pauses of 1, 2 and 4 s.</summary>
    private const int Tries = 4;

    /// <summary>Pauses up to 32 s, a minute altogether: a camera that wakes up, a cable that is put back.</summary>
    private const int TriesForReturn = 7;

    /// <summary>The camera has answered once: when it is away now, it may come back.</summary>
    public bool WasThere { get; private set; }

    public async Task<TResult> InsistAsync<TResult>(Func<Task<TResult>> ask, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await ask().ConfigureAwait(false);
                WasThere = true;
                return answer;
            }
            catch (Gphoto2Exception failed) when (attempt < TriesFor(failed.Trouble))
            {
                var pause = around.Pause * (1 << (attempt - 1));
                around.Log.LogWarning("{Message} Asking again in {Seconds} s", failed.Message, pause.TotalSeconds);
                await Task.Delay(pause, around.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    private int TriesFor(Gphoto2Trouble trouble) => trouble switch
    {
        Gphoto2Trouble.Busy or Gphoto2Trouble.Held => Tries,
        Gphoto2Trouble.Away when WasThere => TriesForReturn,
        _ => 1,
    };
}
