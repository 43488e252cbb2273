using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Kinds;

/// <summary>A choice as its lower-case word.</summary>
internal sealed class WordConverter<TChoice>() : JsonStringEnumConverter<TChoice>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TChoice : struct, Enum;
