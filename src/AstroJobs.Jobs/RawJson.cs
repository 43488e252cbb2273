namespace AstroJobs.Jobs;

/// <summary>A whole JSON value as it is written, in UTF-8: a kind's parameters, which only the kind itself understands.</summary>
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
