using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// Parameters from JSON that need not tell all: an older version, which knew fewer of them, may have written it. The generated readers
/// give what is missing the default of its type in place of that of its record, so what is missing is put into the JSON first.
/// </summary>
internal static class ParameterReader
{
    /// <exception cref="JsonException">It says which member is missing or cannot be understood.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, T defaults, JsonTypeInfo<T> json)
        where T : class
    {
        using var given = JsonDocument.Parse(utf8);
        if (given.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("they are no JSON object");
        foreach (var member in json.Properties)
        {
            if (member.IsRequired && IsNull(given.RootElement, member.Name))
                throw new JsonException($"'{member.Name}' is missing");
        }
        var whole = new ArrayBufferWriter<byte>();
        using (var usual = JsonSerializer.SerializeToDocument(defaults, json))
        using (var writer = new Utf8JsonWriter(whole))
            WriteCompleted(writer, given.RootElement, usual.RootElement);
        return Deserialize(whole.WrittenSpan, json);
    }

    private static T Deserialize<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, json)!;
        }
        catch (JsonException error)
        {
            throw new JsonException($"'{error.Path?.TrimStart('$', '.')}' has a value that cannot be understood", error);
        }
    }

    /// <summary>Writes an object with what it lacks; a null counts as lacking where that is no default.</summary>
    private static void WriteCompleted(Utf8JsonWriter writer, JsonElement given, JsonElement usual)
    {
        writer.WriteStartObject();
        foreach (var member in given.EnumerateObject())
        {
            var isKnown = usual.TryGetProperty(member.Name, out var value);
            writer.WritePropertyName(member.Name);
            if (isKnown && value.ValueKind == JsonValueKind.Object && member.Value.ValueKind == JsonValueKind.Object)
                WriteCompleted(writer, member.Value, value);
            else
                (isKnown && member.Value.ValueKind == JsonValueKind.Null ? value : member.Value).WriteTo(writer);
        }
        foreach (var member in usual.EnumerateObject().Where(member => !given.TryGetProperty(member.Name, out _)))
            member.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static bool IsNull(JsonElement given, string name) => !given.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;
}
