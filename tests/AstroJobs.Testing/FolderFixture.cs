using NUnit.Framework;

namespace AstroJobs.Testing;

/// <summary>Tests that each have a folder of their own, gone after them.</summary>
public abstract class FolderFixture
{
    protected TempFolder Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => Folder.Dispose();
}
