namespace AstroJobs.Cli.Tests;

/// <summary>Tests that each have a store of their own, which nothing outlives.</summary>
public abstract class CallerFixture
{
    protected CallerStore Store { get; } = new();

    [TearDown]
    public void RemoveStore() => Store.Dispose();
}
