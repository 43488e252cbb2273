using System.Globalization;
using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Kinds.Extract;

/// <summary>
/// Another program in our place, as ASTRO_EXTRACT_BIN names it: it gets the options of the submit, prints one JSON document and exits with 0, or with
/// 2 when it did not solve.
/// </summary>
internal sealed class ForeignExtractor(ExtractParameters parameters, JobContext context)
{
    private const int UnsolvedExitCode = 2;
    private const int KeptCharacters = 2000;

    public async Task RunAsync()
    {
        var program = Path.GetFileName(parameters.Extractor!);
        context.Report(0, null, "solve", $"Running {program}");
        var ran = await context.RunToolAsync(new Tool(parameters.Extractor!, Arguments()) { Timeout = parameters.Timeout + TimeSpan.FromSeconds(30) }).ConfigureAwait(false);
        if (ran.ExitCode is not (0 or UnsolvedExitCode))
            throw new JobException(ErrorCode.ToolFailed, $"{program} ended with exit code {ran.ExitCode}. It said: {Tail(ran.Output + ran.ErrorTail)}", "task.log has all it said.");
        if (!ran.OutputComplete || TryParse(ran.Output) is not { } document)
            throw new JobException(ErrorCode.ToolFailed, $"Invalid JSON from {program}: {Tail(ran.Output)}", "Its stdout must be one JSON document; messages belong on stderr.");
        context.SaveResult(document, ExtractJson.Default.JsonElement);
        if (document.ValueKind == JsonValueKind.Object && document.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.False)
            throw Failure(program, document);
    }

    private static JobException Failure(string program, JsonElement document)
    {
        if (!document.TryGetProperty("error", out var error))
            return new JobException(ErrorCode.NotSolved, $"{program} did not solve the picture.");
        if (error.ValueKind != JsonValueKind.Object)
            return new JobException(ErrorCode.NotSolved, error.ToString());
        return new JobException(Text(error, "code") ?? ErrorCode.NotSolved, Text(error, "message") ?? $"{program} did not solve the picture.", Text(error, "hint"));
    }

    private static string? Text(JsonElement error, string member) => error.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private List<string> Arguments()
    {
        var (path, _) = ExtractInputs.Locate(parameters, context);
        List<string> arguments = ["--image", path];
        Add("--scale-low", parameters.ScaleLow);
        Add("--scale-high", parameters.ScaleHigh);
        if (parameters.ScaleUnits != ScaleUnits.Degwidth)
            arguments.AddRange(["--scale-units", parameters.ScaleUnits.ToString().ToLowerInvariant()]);
        Add("--ra", parameters.RaDeg);
        Add("--dec", parameters.DecDeg);
        if (parameters.RaDeg is not null)
            Add("--radius", parameters.RadiusDeg);
        Add("--downsample", parameters.Downsample);
        if (parameters.Depth is { } depth)
            arguments.AddRange(["--depth", depth]);
        if (parameters.IndexFolder is { } folder)
            arguments.AddRange(["--index-dir", folder]);
        Add("--timeout", Math.Ceiling(parameters.Timeout.TotalSeconds));
        return arguments;

        void Add(string option, double? value)
        {
            if (value is { } number)
                arguments.AddRange([option, number.ToString(CultureInfo.InvariantCulture)]);
        }
    }

    private static JsonElement? TryParse(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Tail(string text) => text.Length <= KeptCharacters ? text.Trim() : text[^KeptCharacters..].Trim();
}
