using System.Globalization;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>Why a queued job does not run, for people: <c>waits for slot, 3rd in line</c>.</summary>
internal static class WaitingText
{
    public static string Of(JobStatus status) =>
        status.Position is { } position ? $"{Reason(status)}, {Ordinal(position)} in line" : Reason(status);

    /// <summary>A job is named by the first half of its id, which every verb takes.</summary>
    public static string Reason(JobStatus status) => status.WaitingFor?.Split(':', 2) switch
    {
        ["after", var job] => $"waits for job {job[..Math.Min(16, job.Length)]}",
        ["until", var time] => $"waits until {time}",
        ["exclusive", var name] => $"waits for {name}",
        _ => $"waits for {status.WaitingFor}",
    };

    /// <summary>1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st.</summary>
    internal static string Ordinal(int number)
    {
        var ending = (number % 100 is >= 11 and <= 13 ? 0 : number % 10) switch
        {
            1 => "st",
            2 => "nd",
            3 => "rd",
            _ => "th",
        };
        return number.ToString(CultureInfo.InvariantCulture) + ending;
    }
}
