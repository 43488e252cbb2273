namespace AstroJobs.Kinds.Stack.Live;

/// <summary>A file that has appeared: whether whoever writes it has done can only be told by its standing still.</summary>
internal sealed class WatchedFile
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private (long Length, DateTime Changed) _seen = (-1, default);
    private TimeSpan _unchangedSince;
    private TimeSpan _notBefore;

    /// <param name="isWhole">It appeared by rename: it is whole as soon as it is there.</param>
    /// <returns>Whether to try to read it now.</returns>
    public bool Look(string path, TimeSpan now, bool isWhole)
    {
        var file = new FileInfo(path);
        var seen = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
        if (seen != _seen)
            (_seen, _unchangedSince, _notBefore) = (seen, now, now + (isWhole ? TimeSpan.Zero : Settling));
        return seen.Item1 > 0 && now >= _notBefore;
    }

    /// <summary>Whether to wait for it: not for one that has gone, whose name is no UTF-8, or that stays empty.</summary>
    public bool IsHoped(TimeSpan now) => _seen.Length > 0 || (_seen.Length == 0 && now - _unchangedSince <= Patience);

    /// <returns>Null for one that has gone, or that could be read later.</returns>
    public string? WhyNeverRead(string path) => _seen.Length switch
    {
        0 => "it is empty.",
        < 0 when path.Contains('\uFFFD') => "its name holds bytes that are no UTF-8. Rename it.",
        _ => null,
    };

    /// <summary>It could not be read.</summary>
    /// <returns>Whether it has stood still for so long that it will not become readable.</returns>
    public bool HasFailed(TimeSpan now)
    {
        _notBefore = now + Pause;
        return now - _unchangedSince > Patience;
    }
}
