using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests;

/// <summary>Tests that each have a store of their own.</summary>
public abstract class StoreFixture : FolderFixture
{
    private protected JobStore Store { get; private set; } = null!;

    [SetUp]
    public void MakeStore() => Store = new JobStore(Folder.Path);
}
