namespace AstroJobs.Imaging.Stacking;

/// <summary>The frames cannot become a stack: too few of them are usable. The message says why.</summary>
public sealed class StackException(string message, IReadOnlyList<LeftOutFrame> leftOut) : Exception(message)
{
    public IReadOnlyList<LeftOutFrame> LeftOut { get; } = leftOut;
}
