namespace AstroJobs.Cli.Tests;

/// <summary>Tests that each have a store of their own, which nothing outlives.</summary>
public abstract class CallerFixture(CallerStore store)
{
    protected CallerFixture() : this(new CallerStore())
    {
    }

    protected CallerStore Store { get; } = store;

    [TearDown]
    public void RemoveStore() => Store.Dispose();
}
