using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests;

/// <summary>Tests on the real frames beside the checkout, with a folder of their own.</summary>
public abstract class RealFramesFixture
{
    private TempFolder? _made;

    private protected TempFolder Folder => _made!;

    [SetUp]
    public void MakeFolder()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not here: set ASTROJOBS_TEST_DATA.");
        _made = new TempFolder();
    }

    [TearDown]
    public void RemoveFolder() => _made?.Dispose();
}
