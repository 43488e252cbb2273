namespace AstroJobs.Jobs.Housekeeping;

/// <summary>Decides which jobs go. Never one that has not ended, and never one that such a job waits for.</summary>
public static class PrunePolicy
{
    /// <returns>The oldest end first; nothing when no rule is given.</returns>
    public static IReadOnlyList<StoredJob> Choose(IReadOnlyList<StoredJob> jobs, PruneRules rules, DateTimeOffset now)
    {
        List<StoredJob> candidates = [.. jobs
            .Where(job => job.Status.IsFinal && rules.States.Contains(job.Status.State))
            .OrderByDescending(EndOf).ThenByDescending(static job => job.Status.JobId)
            .Skip(rules.Keep ?? 0)
            .Where(static job => !job.IsNeeded)
            .Reverse()];
        if (rules.OlderThan is null && rules.MaxBytes is null)
            return rules.Keep is null ? [] : candidates;
        var old = candidates.TakeWhile(job => now - EndOf(job) > rules.OlderThan).ToList();
        return rules.MaxBytes is { } most ? [.. old, .. TakeUntilTheyFit(jobs, candidates, old, most)] : old;
    }

    private static IEnumerable<StoredJob> TakeUntilTheyFit(IReadOnlyList<StoredJob> jobs, List<StoredJob> candidates, List<StoredJob> old, long most)
    {
        var excess = jobs.Sum(static job => job.Bytes.Value) - old.Sum(static job => job.Bytes.Value) - most;
        foreach (var job in candidates.Skip(old.Count))
        {
            if (excess <= 0)
                yield break;
            excess -= job.Bytes.Value;
            yield return job;
        }
    }

    private static DateTimeOffset EndOf(StoredJob job) => job.Status.FinishedAt ?? job.Status.UpdatedAt;
}
