using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>A line for each job whenever it has changed, for who reads a stream: its status as JSON, or what a person wants to know of it.</summary>
internal sealed class ChangedJobs(Answer answer)
{
    private readonly Dictionary<JobId, string> _said = [];

    public void Show(IReadOnlyList<JobStatus> jobs)
    {
        foreach (var job in jobs.Reverse()) // the oldest first, as they came
        {
            var line = OneLine.Of(StatusAnswer.Line(job));
            if (_said.GetValueOrDefault(job.JobId) == line)
                continue;
            _said[job.JobId] = line;
            if (answer.IsJson)
                StatusAnswer.Write(answer, job);
            else
                answer.Text(line);
        }
    }
}
