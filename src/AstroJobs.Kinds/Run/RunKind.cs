using System.Text;
using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Run;

/// <summary>Any program as a job: its output live in task.log, its exit code recorded, its stdout as the result when it is one JSON document.</summary>
public sealed class RunKind() : JobKind<RunParameters>(static () => RunJson.Default.RunParameters, static () => new() { Program = "" })
{
    private const string NoSlot = "none";
    private const int MaxSlotBytes = 80; // three times as long when every byte must be escaped, and a file name ends at 255

    public override string Name => "run";

    public override IReadOnlyList<string> SlotsFor(RunParameters parameters) => parameters.Slot == NoSlot ? [] : [parameters.Slot];

    public override RunParameters Prepare(RunParameters parameters, SubmitContext context)
    {
        if (Encoding.UTF8.GetByteCount(parameters.Slot) is 0 or > MaxSlotBytes)
            throw new JobException(ErrorCode.BadInput, $"'{parameters.Slot}' cannot be a slot.", $"Give it a name of 1 to {MaxSlotBytes} bytes, for example camera:nikon.");
        var folder = Path.GetFullPath(parameters.WorkingFolder ?? ".", context.CallerFolder);
        if (!Directory.Exists(folder))
            throw new JobException(ErrorCode.BadInput, $"There is no folder '{folder}' to run in.");
        var program = ProgramPath.Find(parameters.Program, context.CallerFolder)
            ?? throw new JobException(ErrorCode.ToolMissing, $"There is no program '{parameters.Program}'.", "Install it, or give its full path.");
        return parameters with { Program = program, WorkingFolder = folder };
    }

    /// <summary>By hand, since `submit run` must be quick. It must say what <see cref="RunJson"/> reads.</summary>
    public override byte[] Serialize(RunParameters parameters) => new JsonText()
        .Add("program", parameters.Program)
        .Add("arguments", parameters.Arguments)
        .Add("working_folder", parameters.WorkingFolder)
        .Add("slot", parameters.Slot)
        .ToUtf8();

    protected override async Task RunAsync(RunParameters parameters, JobContext context)
    {
        var started = context.Time.GetTimestamp();
        var ran = await context.RunToolAsync(new Tool(parameters.Program, parameters.Arguments) { WorkingFolder = parameters.WorkingFolder }).ConfigureAwait(false);
        var seconds = Math.Round(context.Time.GetElapsedTime(started).TotalSeconds, 3);
        var result = new RunResult(ran.ExitCode == 0, parameters.Program, parameters.Arguments, ran.ExitCode, seconds);
        Keep(result, context.OutputFolder);
        if (ran.OutputComplete && TryParse(ran.Output) is { } document)
            context.SaveResult(document, RunJson.Default.JsonElement);
        else
            context.SaveResult(result, RunJson.Default.RunResult);
        if (ran.ExitCode != 0)
            throw new JobException(ErrorCode.ToolFailed, $"{Path.GetFileName(parameters.Program)} ended with exit code {ran.ExitCode}.{LastLine(ran.ErrorTail)}", "task.log has all it said.");
    }

    /// <summary>By rename: whoever looks while it is written sees no half of it.</summary>
    private static void Keep(RunResult result, string folder)
    {
        var temporary = Path.Combine(folder, ".run.json.tmp");
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(result, RunJson.Default.RunResult));
        File.Move(temporary, Path.Combine(folder, "run.json"), overwrite: true);
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

    private static string LastLine(string text)
    {
        var line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return line is null ? "" : $" It said: {line}";
    }
}
