using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests;

/// <summary>Tests on the real frames beside the checkout, with a folder of their own.</summary>
public abstract class RealFramesFixture : FolderFixture
{
    [SetUp]
    public void NeedTheFrames()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not here: set ASTROJOBS_TEST_DATA.");
    }
}
