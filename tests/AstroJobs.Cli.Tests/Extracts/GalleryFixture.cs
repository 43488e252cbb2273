namespace AstroJobs.Cli.Tests.Extracts;

/// <summary>Tests that each have a gallery of their own.</summary>
public abstract class GalleryFixture
{
    protected Gallery Gallery { get; } = new();

    [TearDown]
    public void CloseGallery() => Gallery.Dispose();
}
