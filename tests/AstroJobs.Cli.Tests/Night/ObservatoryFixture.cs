namespace AstroJobs.Cli.Tests.Night;

/// <summary>Tests that each have an observatory of their own.</summary>
public abstract class ObservatoryFixture
{
    protected Observatory Observatory { get; } = new();

    [TearDown]
    public void CloseObservatory() => Observatory.Dispose();
}
