namespace AstroJobs.Testing;

/// <summary>The real frames beside the checkout; they are public data that the product does not carry.</summary>
public static class TestData
{
    /// <summary>The folder of the real frames, or null where they are absent.</summary>
    public static string? Folder { get; } = Find();

    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Folder ?? throw new DirectoryNotFoundException("The real frames are not here: set ASTROJOBS_TEST_DATA."), .. parts]);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ASTROJOBS_TEST_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "AstroJobs.sln")))
                continue;
            var data = System.IO.Path.Combine(folder.Parent?.FullName ?? "/", "shared", "data");
            return Directory.Exists(data) ? data : null;
        }
        return null;
    }
}
