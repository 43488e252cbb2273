namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>A program that finds where in the sky a picture lies.</summary>
public interface IPlateSolver
{
    /// <summary>As results name it.</summary>
    string Name { get; }

    /// <summary>Its own detection of stars in the picture, for when ours does not lead to a solution; false where it does nothing else.</summary>
    bool ReadsStarLists { get; }

    /// <summary>Makes sure that it can run here.</summary>
    /// <exception cref="Jobs.JobException"><c>tool_missing</c>: the program or its files are not installed.</exception>
    void Check();

    /// <returns>Null when it did not solve within the attempt's patience.</returns>
    /// <exception cref="Jobs.JobException"><c>tool_missing</c>: it has no index files or star database.</exception>
    Task<PlateSolution?> TrySolveAsync(PlateField field, SolveAttempt attempt);
}
