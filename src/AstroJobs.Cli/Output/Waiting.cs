using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Output;

/// <summary>Waits for one job with a progress bar where somebody looks, then answers its result.</summary>
internal static class Waiting
{
    public static int WaitAndAnswer(Session session, JobFolder folder, CancellationToken cancellation)
    {
        JobStatus status;
        using (var bar = session.Answer.ErrorIsTerminal ? new ProgressBar(session.Answer.Error) : null)
            status = session.Engine.Wait([folder], timeout: null, bar is null ? null : bar.Show, cancellation)[0];
        return ResultAnswer.Write(session, folder, status);
    }
}
