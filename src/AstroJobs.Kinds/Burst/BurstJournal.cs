using System.Text.Json;

namespace AstroJobs.Kinds.Burst;

/// <summary>work/frames.jsonl: one line a frame, written when the frame is over, so that a burst that goes on knows what it has. A last line that is torn is passed over.</summary>
internal sealed class BurstJournal(string workFolder)
{
    private readonly string _path = Path.Combine(workFolder, "frames.jsonl");

    /// <summary>The frames up to a number, in the order they were taken.</summary>
    public IReadOnlyList<BurstEntry> Read(int frames) =>
        File.Exists(_path) ? [.. File.ReadLines(_path).Select(TryParse).OfType<BurstEntry>().Where(entry => entry.Frame <= frames)] : [];

    /// <summary>Begins with these entries; what else the journal had is dropped.</summary>
    public void Rewrite(IReadOnlyList<BurstEntry> entries)
    {
        using var file = File.Create(_path);
        foreach (var entry in entries)
            Write(file, entry);
        file.Flush(flushToDisk: true);
    }

    /// <summary>On disk before this returns.</summary>
    public void Append(BurstEntry entry)
    {
        using var file = new FileStream(_path, FileMode.Append);
        Write(file, entry);
        file.Flush(flushToDisk: true);
    }

    private static void Write(FileStream file, BurstEntry entry)
    {
        file.Write(JsonSerializer.SerializeToUtf8Bytes(entry, BurstJson.Default.BurstEntry));
        file.WriteByte((byte)'\n');
    }

    private static BurstEntry? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, BurstJson.Default.BurstEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
