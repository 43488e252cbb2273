using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AstroJobs.Jobs.Store;

/// <summary>work/checkpoints of a job: <c>NNNNNN.json</c>, each written whole and durably, the last few kept.</summary>
public sealed class CheckpointFolder(string work)
{
    private const int Kept = 3;
    private const string Ending = ".json";

    private readonly string _path = Path.Combine(work, "checkpoints");

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<Checkpoint> List() =>
        [.. Numbers().Select(number => new FileInfo(FileOf(number))).Where(static file => file.Exists).Select(static file => new Checkpoint(NumberOf(file.Name), file.FullName, file.LastWriteTimeUtc, file.Length))];

    public void Save(ReadOnlySpan<byte> json)
    {
        Directory.CreateDirectory(_path);
        var numbers = Numbers();
        AtomicFile.Write(FileOf(numbers.Count == 0 ? 1 : numbers[^1] + 1), json, durable: true);
        foreach (var old in numbers.SkipLast(Kept - 1))
            File.Delete(FileOf(old));
    }

    /// <summary>The newest that can be read; null when none can.</summary>
    public TCheckpoint? Load<TCheckpoint>(JsonTypeInfo<TCheckpoint> json)
        where TCheckpoint : class
    {
        foreach (var number in Enumerable.Reverse(Numbers()))
            if (TryLoad(number, json) is { } checkpoint)
                return checkpoint;
        return null;
    }

    /// <param name="number">Null for all.</param>
    /// <returns>How many there were.</returns>
    public int Delete(int? number)
    {
        var chosen = Numbers().Where(each => number is null || each == number).ToList();
        foreach (var each in chosen)
            File.Delete(FileOf(each));
        return chosen.Count;
    }

    /// <param name="number">Null when the job has none at all.</param>
    public static JobException NotFound(JobId job, int? number) => new(
        ErrorCode.CheckpointNotFound,
        number is null ? $"Job {job} has no checkpoint." : string.Create(CultureInfo.InvariantCulture, $"Job {job} has no checkpoint {number}."),
        $"`astrojobs checkpoints list {job}` shows those it has; a job that is done has none, nor has a kind that cannot resume.");

    private TCheckpoint? TryLoad<TCheckpoint>(int number, JsonTypeInfo<TCheckpoint> json)
        where TCheckpoint : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(number)), json);
        }
        catch (JsonException)
        {
            return null; // damaged by hand or by the disk: the one before it serves
        }
    }

    /// <summary>Lowest first; other names are passed over.</summary>
    private List<int> Numbers() =>
        Directory.Exists(_path) ? [.. Directory.EnumerateFiles(_path, $"*{Ending}").Select(NumberOf).Where(static number => number > 0).Order()] : [];

    private static int NumberOf(string path) =>
        int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string FileOf(int number) => Path.Combine(_path, number.ToString("D6", CultureInfo.InvariantCulture) + Ending);
}
