using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Jobs.Store;

/// <summary>A list of job ids. Written out: the general list converter over a struct is compiled anew in every process.</summary>
public sealed class JobIdsConverter : JsonConverter<IReadOnlyList<JobId>>
{
    public override IReadOnlyList<JobId> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Not a list of job ids.");
        var ids = new List<JobId>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ids.Add(JobId.TryParse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, out var id) ? id : throw new JsonException("Not a job id."));
        return ids;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<JobId> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var id in value)
            writer.WriteStringValue(id.ToString());
        writer.WriteEndArray();
    }
}
