using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>One attempt at a series: waits for each shot's time, takes it or says why not, and goes on to the next, whatever became of it.</summary>
internal sealed class TimelapseRun
{
    private const int Tries = 2;

    private readonly TimelapseParameters _parameters;
    private readonly JobContext _context;
    private readonly TimelapseRecords _records;
    private readonly WallClock _clock;
    private readonly DiskRoom _room;
    private readonly CameraPower _power;
    private readonly TimeSpan _grace;
    private readonly DateTimeOffset _started;
    private IReadOnlyList<DateTimeOffset> _times = [];
    private (DateTimeOffset From, DateTimeOffset To)? _toldJump;
    private DateTimeOffset _lastFinished;
    private bool _isPaused;

    public TimelapseRun(Func<ICamera> open, TimelapseParameters parameters, JobContext context)
    {
        (_parameters, _context) = (parameters, context);
        _records = new TimelapseRecords(parameters, context);
        _clock = new WallClock(context.Time);
        _room = new DiskRoom(context.OutputFolder, parameters.StopWhenFreeBelow ?? 0, context.Log);
        _power = new CameraPower(open, parameters.Settings(), parameters, context);
        _grace = TimelapseSchedule.Grace(parameters);
        _started = _clock.Look();
    }

    /// <exception cref="JobException">No shot came, or one failed in a way that the next ones would too (a full disk, a missing library).</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the shots so far are kept and listed.</exception>
    public async Task TakeAsync()
    {
        _records.Open(TimelapseSchedule.WholeMillisecond(_started + _parameters.Warmup));
        _times = TimelapseSchedule.Times(_parameters, _records.First);
        try
        {
            for (var number = 1; number <= _times.Count; number++)
                if (!_records.Knows(number) && !_records.TrySettle(number, Due(number), IsTooLate(Due(number), _clock.Look())))
                    await TakeInTimeAsync(number).ConfigureAwait(false);
            _records.Save();
            await _power.StandByAsync().ConfigureAwait(false);
        }
        finally
        {
            await _power.LetGoAsync().ConfigureAwait(false);
            SaveResult([]);
        }
        if (_records.Count(ShotStatus.Taken) == 0)
            throw NothingCame();
        if (_parameters.Then.Count > 0)
            SaveResult(Chain.Submit(_parameters.Then, _records.Files, _context));
    }

    private void SaveResult(IReadOnlyList<FollowerOutcome> then)
    {
        if (_records.Count(ShotStatus.Taken) > 0)
            _context.SaveResult(_records.ToResult(_times.Count, then), TimelapseJson.Default.TimelapseResult);
    }

    private DateTimeOffset Due(int number) => _times[number - 1];

    private bool IsTooLate(DateTimeOffset due, DateTimeOffset now) => now - due > _grace;

    private async Task TakeInTimeAsync(int number)
    {
        var due = Due(number);
        if (!IsTooLate(due, _clock.Look()))
        {
            _records.Save();
            _room.Check(_times.Count - number + 1);
            await GetReadyAsync(number).ConfigureAwait(false);
        }
        if (IsTooLate(due, _clock.Look()) || _isPaused)
            Miss(number);
        else
            await TakeAsync(number).ConfigureAwait(false);
    }

    private async Task GetReadyAsync(int number)
    {
        var due = Due(number);
        if (_power.ShouldStandBy(due - _clock.Look()))
        {
            Report(number - 1, "standby", $"Camera on standby; next shot {number}/{_times.Count} at {UtcTime.Text(due)}");
            await _power.StandByAsync().ConfigureAwait(false);
        }
        if (!_power.IsReady)
        {
            await WaitUntilAsync(number, due - _parameters.Warmup).ConfigureAwait(false);
            if (!_isPaused)
                await _power.WarmUpAsync().ConfigureAwait(false);
        }
        await WaitUntilAsync(number, due).ConfigureAwait(false);
        if (!_power.IsReady && !_isPaused)
            await _power.WarmUpAsync().ConfigureAwait(false);
    }

    private Task WaitUntilAsync(int number, DateTimeOffset time) => _clock.WaitUntilAsync(time, now => Watch(number, now), _context.Cancellation);

    /// <summary>Hears of pauses and of clocks that are set.</summary>
    private void Watch(int number, DateTimeOffset now)
    {
        if (_clock.Jump is { } jump && jump != _toldJump)
        {
            _toldJump = jump;
            _context.Log.LogWarning("The clock was set from {From} to {To}, or the machine slept; the next shot {Number} is due at {Due}", UtcTime.Text(jump.From), UtcTime.Text(jump.To), number, UtcTime.Text(Due(number)));
        }
        if (_context.IsPaused == _isPaused)
            return;
        _isPaused = !_isPaused;
        if (_isPaused)
            Report(number - 1, "paused", $"Paused before shot {number}/{_times.Count}; shots that are due meanwhile are missed");
        else
            Report(number - 1, "wait", $"Goes on; next shot {number}/{_times.Count} at {UtcTime.Text(Due(number) > now ? Due(number) : now)}");
    }

    private void Miss(int number)
    {
        var due = Due(number);
        var reason = Why(due);
        _records.Miss(TimelapseShot.Missed(number, due, reason));
        _context.Log.LogWarning("Shot {Number}/{Count}, due at {Due}, is missed: {Reason}", number, _times.Count, UtcTime.Text(due), reason);
        Report(number, _isPaused ? "paused" : "wait", $"Shot {number}/{_times.Count} missed ({Words(reason)})");
    }

    private MissedReason Why(DateTimeOffset due)
    {
        if (_isPaused)
            return MissedReason.Paused;
        if (_clock.Jump is { } jump && due > jump.From && due <= jump.To)
            return MissedReason.ClockJump;
        if (due < _started)
            return MissedReason.NotRunning;
        return due < _lastFinished ? MissedReason.Busy : MissedReason.Late;
    }

    private static string Words(MissedReason reason) => reason switch
    {
        MissedReason.Busy => "the one before was not over",
        MissedReason.Paused => "paused",
        MissedReason.NotRunning => "nothing ran at its time",
        MissedReason.ClockJump => "the clock was set",
        _ => "too late",
    };

    private async Task TakeAsync(int number)
    {
        var started = _context.Time.GetUtcNow();
        _records.Announce(number, started);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var camera = await _power.GetAsync().ConfigureAwait(false);
                var request = new ExposureRequest(number - 1, _parameters.Bulb ?? _parameters.Exposure, _parameters.Type, _context.OutputFolder, _records.NameOf(number), _parameters.Format)
                {
                    IsBulb = _parameters.Bulb is not null,
                };
                var files = await camera.ExposeAsync(request, _context.Cancellation).ConfigureAwait(false);
                _room.Learn(files.Select(static file => file.Path));
                Settle(number, started, ShotStatus.Taken, [.. files.Select(static file => Path.GetFileName(file.Path))], null);
                return;
            }
            catch (JobException failed) when (!EndsTheSeries(failed))
            {
                _context.Log.LogWarning("Shot {Number}/{Count}, try {Attempt}: {Message}", number, _times.Count, attempt, failed.Message);
                await _power.LetGoAsync().ConfigureAwait(false);
                if (attempt < Tries)
                    continue;
                Settle(number, started, ShotStatus.Failed, [], failed.ToError());
                return;
            }
        }
    }

    private void Settle(int number, DateTimeOffset started, ShotStatus status, IReadOnlyList<string> files, JobError? error)
    {
        _lastFinished = _context.Time.GetUtcNow();
        _records.Keep(new TimelapseShot(number, Due(number), started, _lastFinished, status, files, error, null));
        var next = number < _times.Count ? $"; next at {UtcTime.Text(Due(number + 1))}" : "";
        Report(number, "wait", $"Shot {number}/{_times.Count} {(error is null ? $"taken {string.Join(' ', files)}" : $"failed: {error.Message}")}{next}");
    }

    /// <summary>A camera that is gone may come back before the next shot.</summary>
    private static bool EndsTheSeries(JobException failed) =>
        failed.Code is ErrorCode.DiskFull or ErrorCode.LibraryMissing or ErrorCode.ToolMissing or ErrorCode.BadInput;

    private JobException NothingCame() => _records.LastFailed?.Error is { } last
        ? new JobException(last.Code, $"None of {_times.Count} shots came. The last failure: {last.Message}", "task.log has every failure.")
        : new JobException(ErrorCode.JobFailed, $"None of {_times.Count} shots was taken: the time of each had passed when its turn came.", "task.log says why each was missed.");

    private void Report(int over, string phase, string message) => _context.Report(over, _times.Count, phase, message);
}
