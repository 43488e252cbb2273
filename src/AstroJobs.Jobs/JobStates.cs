namespace AstroJobs.Jobs;

/// <summary>States as the words of the JSON.</summary>
public static class JobStates
{
    public static JobState? TryParse(string? word) => word switch
    {
        "queued" => JobState.Queued,
        "processing" => JobState.Processing,
        "done" => JobState.Done,
        "error" => JobState.Error,
        "cancelled" => JobState.Cancelled,
        _ => null,
    };

    public static string Word(JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Processing => "processing",
        JobState.Done => "done",
        JobState.Error => "error",
        JobState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
