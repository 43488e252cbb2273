namespace AstroJobs.Jobs.Store;

/// <summary>
/// job.json and status.json as they are written. They are read by <see cref="JobsJson"/>, and a test holds the two together: member for
/// member, in the order of the records.
/// </summary>
internal static class JobsText
{
    public static byte[] Write(JobSpec spec) => new JsonText()
        .Add("version", spec.Version)
        .Add("job_id", spec.JobId.ToString())
        .Add("kind", spec.Kind)
        .Add("project", spec.Project)
        .Add("group", spec.Group)
        .Add("name", spec.Name)
        .Add("labels", spec.Labels)
        .Add("priority", spec.Priority)
        .Add("executor", spec.Executor)
        .Add("slots", spec.Slots)
        .Add("after", Ids(spec.After))
        .Add("after_any", Ids(spec.AfterAny))
        .Add("follows", spec.Follows?.ToString())
        .Add("key", spec.Key)
        .Add("start_at", spec.StartAt)
        .Add("retries", spec.Retries)
        .Add("retry_delay", spec.RetryDelay)
        .Add("resumable", spec.Resumable)
        .Add("on_finish", spec.OnFinish)
        .Add("timeout", spec.Timeout)
        .Add("nice", spec.Nice)
        .Add("cancel_grace", spec.CancelGrace)
        .Add("created_at", spec.CreatedAt)
        .AddRaw("parameters", spec.Parameters.Utf8.Span)
        .ToUtf8();

    public static byte[] Write(JobStatus status) => new JsonText()
        .Add("version", status.Version)
        .Add("job_id", status.JobId.ToString())
        .Add("kind", status.Kind)
        .Add("state", JobStates.Word(status.State))
        .Add("attempt", status.Attempt)
        .Add("resumed", status.Resumed)
        .Add("project", status.Project)
        .Add("group", status.Group)
        .Add("name", status.Name)
        .Add("labels", status.Labels)
        .Add("priority", status.Priority)
        .Add("progress", status.Progress is { } progress ? json => Write(json, progress) : null)
        .Add("created_at", status.CreatedAt)
        .Add("updated_at", status.UpdatedAt)
        .Add("started_at", status.StartedAt)
        .Add("finished_at", status.FinishedAt)
        .Add("worker", status.Worker is { } worker ? json => Write(json, worker) : null)
        .Add("waiting_for", status.WaitingFor)
        .Add("position", status.Position)
        .Add("not_before", status.NotBefore)
        .Add("error", status.Error is { } error ? json => Write(json, error) : null)
        .Add("retries_left", status.RetriesLeft)
        .Add("last_error", status.LastError is { } last ? json => Write(json, last) : null)
        .ToUtf8();

    private static void Write(JsonText json, JobProgress progress) => json
        .Add("current", progress.Current)
        .Add("total", progress.Total)
        .Add("percent", progress.Percent)
        .Add("phase", progress.Phase)
        .Add("message", progress.Message);

    private static void Write(JsonText json, WorkerIdentity worker) => json
        .Add("pid", worker.Pid)
        .Add("start_ticks", worker.StartTicks)
        .Add("boot_id", worker.BootId)
        .Add("host", worker.Host)
        .Add("executor", worker.Executor);

    private static void Write(JsonText json, JobError error) => json
        .Add("code", error.Code)
        .Add("message", error.Message)
        .Add("hint", error.Hint);

    private static string[] Ids(IReadOnlyList<JobId> ids)
    {
        var words = new string[ids.Count];
        for (var i = 0; i < words.Length; i++)
            words[i] = ids[i].ToString();
        return words;
    }
}
