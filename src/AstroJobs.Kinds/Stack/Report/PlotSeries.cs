namespace AstroJobs.Kinds.Stack.Report;

/// <summary>One line of a plot.</summary>
/// <param name="Values">One a frame; null where it is not known.</param>
internal sealed record PlotSeries(string Name, IReadOnlyList<double?> Values);
