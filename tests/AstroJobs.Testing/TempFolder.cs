namespace AstroJobs.Testing;

/// <summary>A folder of its own for one test, gone when disposed.</summary>
public sealed class TempFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private TempFolder(string path) => Path = path;

    public TempFolder() : this(Directory.CreateTempSubdirectory("astrojobs-test-").FullName)
    {
    }

    public string Path { get; }

    /// <summary>Where syncing costs nothing, for tests of thousands of steps whose point is not what a power cut leaves.</summary>
    public static TempFolder InMemory() =>
        Directory.Exists(Memory) ? new(Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"astrojobs-test-{Guid.NewGuid():N}")).FullName) : new();

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
