using System.Text.Json;

namespace AstroJobs.Cli.Tests;

/// <summary>What a program said and how it ended.</summary>
public sealed record Said(int ExitCode, string Output, string Error)
{
    /// <summary>The answer, which must be one JSON object on one line and nothing else.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.That(Output, Does.Match(@"\A\{[^\n]*\}\n\z"), $"exit {ExitCode}, stderr: {Error}");
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    public string? ErrorCode => Json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error.GetProperty("code").GetString() : null;

    public string? JobId => Json.GetProperty("job_id").GetString();

    public string? State => Json.GetProperty("state").GetString();

    /// <summary>Succeeds when the command failed as said, with a message and, in JSON, ok false.</summary>
    public void MustFail(int exitCode, string errorCode) => Assert.Multiple(() =>
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Output + Error);
        Assert.That(ErrorCode, Is.EqualTo(errorCode));
        Assert.That(Json.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(Json.GetProperty("error").GetProperty("message").GetString(), Is.Not.Empty);
    });
}
