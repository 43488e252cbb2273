using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Jobs.Store;

/// <summary>A state as its lower-case word. Written out: the general enum converter finds the words by reflection, in every process anew.</summary>
public sealed class JobStateConverter : JsonConverter<JobState>
{
    public override JobState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobStates.TryParse(reader.GetString()) ?? throw new JsonException("Not a job state.");

    public override void Write(Utf8JsonWriter writer, JobState value, JsonSerializerOptions options) => writer.WriteStringValue(JobStates.Word(value));
}
