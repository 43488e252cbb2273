using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AstroJobs.Jobs.Store;

/// <summary>A file of one JSON document a line, added to as things happen. A line that cannot be read, torn or of a later version, is passed over.</summary>
public sealed class JsonLines<T>(string path, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>Empty where there is no file.</summary>
    public IReadOnlyList<T> Read() => File.Exists(path) ? [.. File.ReadLines(path).Select(TryParse).OfType<T>()] : [];

    /// <summary>Begins anew with these entries, durably and in one step.</summary>
    public void Begin(IEnumerable<T> entries)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries)
            Write(lines, entry);
        AtomicFile.Write(path, lines.ToArray(), durable: true);
    }

    /// <param name="durable">On disk before this returns.</param>
    public void Append(IEnumerable<T> entries, bool durable)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate);
        EndTornLine(file);
        foreach (var entry in entries)
            Write(file, entry);
        file.Flush(flushToDisk: durable);
    }

    private static void EndTornLine(FileStream file)
    {
        if (file.Length == 0)
            return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
            file.WriteByte((byte)'\n');
    }

    private void Write(Stream lines, T entry)
    {
        lines.Write(JsonSerializer.SerializeToUtf8Bytes(entry, type));
        lines.WriteByte((byte)'\n');
    }

    private T? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
