using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Output;

/// <summary>Writes the one answer of a command to stdout: a JSON object on one line, or text for a person. Nothing else goes there.</summary>
internal sealed class Answer(Stream output, Func<TextWriter> openError, bool isJson, bool errorIsTerminal)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private TextWriter? _error;

    public bool IsJson => isJson;

    /// <summary>Whether a person looks at stderr now: progress bars go there.</summary>
    public bool ErrorIsTerminal => errorIsTerminal;

    /// <summary>Opened when something is said there: it sets up a terminal.</summary>
    public TextWriter Error => _error ??= openError();

    public Stream Stream => output;

    /// <summary><c>{"ok":…, …}</c> with what <paramref name="members"/> adds.</summary>
    public void Json(bool ok, Action<Utf8JsonWriter> members)
    {
        using (var writer = new Utf8JsonWriter(output, Compact))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", ok);
            members(writer);
            writer.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    public void Text(string line) => Raw(line + "\n");

    /// <summary>Text as it is, whoever reads it.</summary>
    public void Raw(string text)
    {
        output.Write(System.Text.Encoding.UTF8.GetBytes(text));
        output.Flush();
    }

    /// <returns>The exit code that goes with the error.</returns>
    public int Fail(JobError failure, Action<Utf8JsonWriter>? more = null)
    {
        if (isJson)
        {
            Json(ok: false, writer =>
            {
                WriteError(writer, failure);
                more?.Invoke(writer);
            });
        }
        else
        {
            Error.WriteLine($"{failure.Code}: {failure.Message}");
            if (failure.Hint is { } hint)
                Error.WriteLine($"  {hint}");
        }
        return ExitCode.For(failure.Code);
    }

    public static void WriteError(Utf8JsonWriter writer, JobError? failure)
    {
        if (failure is null)
        {
            writer.WriteNull("error");
            return;
        }
        writer.WriteStartObject("error");
        writer.WriteString("code", failure.Code);
        writer.WriteString("message", failure.Message);
        if (failure.Hint is { } hint)
            writer.WriteString("hint", hint);
        writer.WriteEndObject();
    }

    /// <summary>The members of a job's status.json, into an object that is open.</summary>
    public static void WriteStatus(Utf8JsonWriter writer, JobStatus status)
    {
        using var document = JsonSerializer.SerializeToDocument(status, JobsJson.Default.JobStatus);
        foreach (var member in document.RootElement.EnumerateObject())
            member.WriteTo(writer);
    }
}
