using AstroJobs.Imaging;
using AstroJobs.Imaging.Stars;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky.Solving;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Extract;

/// <summary>Works through a <see cref="SolvePlan"/> until one step solves or the time is over.</summary>
internal sealed class FieldSolver(ExtractParameters parameters, JobContext context, IPlateSolver solver)
{
    private const int FewestStars = 4; // a quad

    private static readonly TimeSpan ShortestAttempt = TimeSpan.FromSeconds(0.2);

    public async Task<SolveReport> SolveAsync(FrameInfo info, StarField field, Lazy<string> picture)
    {
        var started = context.Time.GetTimestamp();
        var tried = new List<TriedStep>();
        var brightest = StarOrder.ByBrightness(field.Stars);
        foreach (var step in SolvePlan.Make(parameters, info.Width, info.Height, info.Metadata, solver.ReadsStarLists, solver.ReadsStarLists ? IndexScales.Find(parameters.IndexFolder) : null))
        {
            if (!step.Attempt.UsesPicture && field.Stars.Count < FewestStars)
                continue;
            var remaining = parameters.Timeout - context.Time.GetElapsedTime(started);
            if (remaining < ShortestAttempt)
                return Report(null, timedOut: true);
            var stars = step.Stars == StepStars.Spread ? StarOrder.Spread(brightest, info.Width, info.Height) : brightest;
            var attempt = step.Attempt with { Patience = step.Attempt.Patience < remaining ? step.Attempt.Patience : remaining };
            context.Report(tried.Count, null, "solve", $"Solving: {attempt.Name}");
            var begun = context.Time.GetTimestamp();
            var solution = await solver.TrySolveAsync(new PlateField(info.Width, info.Height, stars, picture), attempt).ConfigureAwait(false);
            tried.Add(new TriedStep(attempt.Name, Seconds(begun), solution is not null));
            context.Log.LogInformation("{Outcome} with {Solver}: {Attempt}", solution is null ? "Not solved" : "Solved", solver.Name, attempt.Name);
            if (solution is not null)
                return Report(solution, timedOut: false);
        }
        return Report(null, timedOut: parameters.Timeout - context.Time.GetElapsedTime(started) < ShortestAttempt);

        SolveReport Report(PlateSolution? solution, bool timedOut) => new(solver.Name, solution, tried, Seconds(started), timedOut);
    }

    private double Seconds(long since) => Math.Round(context.Time.GetElapsedTime(since).TotalSeconds, 3);
}
