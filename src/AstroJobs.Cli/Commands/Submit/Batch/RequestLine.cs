using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands.Submit.Batch;

/// <summary>One line of a batch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Content">Without its end; null for one that is longer than any request.</param>
internal sealed record RequestLine(int Number, ReadOnlyMemory<byte>? Content)
{
    public bool IsBlank => Content is { } content && content.Span.Trim(" \t\r"u8).IsEmpty;

    /// <exception cref="JobException"><c>bad_input</c>: it is no JSON.</exception>
    public JsonDocument Parse()
    {
        if (Content is not { } content)
            throw new JobException(ErrorCode.BadInput, $"The line is longer than {RequestLines.MaxBytes} bytes.", "One JSON request a line.");
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException error)
        {
            throw new JobException(ErrorCode.BadInput, $"The line is not JSON: {error.Message}", "One JSON request a line.", error);
        }
    }
}
