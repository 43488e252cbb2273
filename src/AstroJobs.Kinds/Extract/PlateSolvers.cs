using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>The solvers there are.</summary>
internal static class PlateSolvers
{
    /// <exception cref="JobException"><c>tool_missing</c>: the one that was asked for, or any at all.</exception>
    public static IPlateSolver Choose(ExtractParameters parameters, JobContext context)
    {
        var astrometry = new AstrometryNetSolver(context, parameters.IndexFolder);
        var astap = new AstapSolver(context, parameters.IndexFolder);
        IPlateSolver chosen = parameters.Solver switch
        {
            SolverChoice.Astrometry => astrometry,
            SolverChoice.Astap => astap,
            _ => !astrometry.IsInstalled && astap.IsInstalled ? astap : astrometry,
        };
        chosen.Check();
        return chosen;
    }
}
