using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary><c>checkpoints list|show|latest|delete ID</c>: what a job's kind has saved of how far it came.</summary>
internal static class CheckpointsCommand
{
    public static Command Create()
    {
        var command = new Command("checkpoints", "Look at what a job has saved of how far it came, for resume to go on from.");
        foreach (var verb in (Command[])[CreateList(), CreateShow(), CreateLatest(), CreateDelete()])
            command.Subcommands.Add(verb);
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "List the checkpoints of a job, the oldest first.");
        var ids = JobIds.AddTo(command, many: false);
        command.Runs((session, parsed) =>
        {
            var folder = session.Engine.Store.Find(ids.Read(parsed)[0]);
            var checkpoints = folder.Checkpoints.List();
            if (session.Answer.IsJson)
                session.Answer.Json(ok: true, writer => WriteList(writer, folder, checkpoints));
            else
                foreach (var checkpoint in checkpoints)
                    session.Answer.Text($"{checkpoint.Number.ToString(CultureInfo.InvariantCulture)}  {UtcTime.Text(checkpoint.SavedAt)}  {Amount.Of(checkpoint.Bytes)}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var number = CreateNumber("Which one.");
        number.Required = true;
        var command = new Command("show", "Show one checkpoint of a job (exit 3 where there is none of that number).");
        var ids = JobIds.AddTo(command, many: false);
        command.Options.Add(number);
        command.Runs((session, parsed) => Show(session, ids.Read(parsed)[0], parsed.GetValue(number)));
        return command;
    }

    private static Command CreateLatest()
    {
        var command = new Command("latest", "Show the newest checkpoint of a job (exit 3 where there is none).");
        var ids = JobIds.AddTo(command, many: false);
        command.Runs((session, parsed) => Show(session, ids.Read(parsed)[0], null));
        return command;
    }

    private static Command CreateDelete()
    {
        var number = CreateNumber("Only this one (default: all).");
        var command = new Command("delete", "Delete checkpoints of a job: the newest that is left is where resume goes on (exit 6 while the job is queued or runs).");
        var ids = JobIds.AddTo(command, many: false);
        command.Options.Add(number);
        command.Runs((session, parsed) =>
        {
            var folder = session.Engine.Store.Find(ids.Read(parsed)[0]);
            var deleted = session.Engine.DeleteCheckpoints(folder, parsed.GetValue(number));
            if (session.Answer.IsJson)
                session.Answer.Json(ok: true, writer => WriteDeleted(writer, folder, deleted));
            else
                session.Answer.Text(string.Create(CultureInfo.InvariantCulture, $"{folder.Id}  {deleted} deleted"));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<int?> CreateNumber(string description)
    {
        var number = new Option<int?>("--number") { Description = description, HelpName = "N" };
        Bounds.AtLeast(number, 1);
        return number;
    }

    /// <param name="number">Null for the newest.</param>
    private static int Show(Session session, string idOrPrefix, int? number)
    {
        var folder = session.Engine.Store.Find(idOrPrefix);
        var checkpoint = folder.Checkpoints.List().LastOrDefault(checkpoint => number is null || checkpoint.Number == number)
            ?? throw CheckpointFolder.NotFound(folder.Id, number);
        using var document = Read(folder, checkpoint);
        if (session.Answer.IsJson)
            session.Answer.Json(ok: true, writer => WriteOne(writer, folder, checkpoint, document.RootElement));
        else
            session.Answer.Text(JsonSerializer.Serialize(document.RootElement, IndentedJson.Default.JsonElement));
        return ExitCode.Ok;
    }

    private static JsonDocument Read(JobFolder folder, Checkpoint checkpoint)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(checkpoint.Path));
        }
        catch (FileNotFoundException)
        {
            throw CheckpointFolder.NotFound(folder.Id, checkpoint.Number); // an older one, replaced just now
        }
        catch (JsonException error)
        {
            throw new JobException(ErrorCode.Corrupt, $"Cannot read '{checkpoint.Path}': {error.Message}", $"`astrojobs checkpoints delete {folder.Id} --number {checkpoint.Number}` removes it.", error);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, JobFolder folder, IReadOnlyList<Checkpoint> checkpoints)
    {
        writer.WriteString("job_id", folder.Id.ToString());
        writer.WriteStartArray("checkpoints");
        foreach (var checkpoint in checkpoints)
        {
            writer.WriteStartObject();
            WriteMembers(writer, checkpoint);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteOne(Utf8JsonWriter writer, JobFolder folder, Checkpoint checkpoint, JsonElement content)
    {
        writer.WriteString("job_id", folder.Id.ToString());
        WriteMembers(writer, checkpoint);
        writer.WritePropertyName("checkpoint");
        content.WriteTo(writer);
    }

    private static void WriteMembers(Utf8JsonWriter writer, Checkpoint checkpoint)
    {
        writer.WriteNumber("number", checkpoint.Number);
        writer.WriteString("saved_at", UtcTime.Text(checkpoint.SavedAt));
        writer.WriteNumber("bytes", checkpoint.Bytes);
    }

    private static void WriteDeleted(Utf8JsonWriter writer, JobFolder folder, int deleted)
    {
        writer.WriteString("job_id", folder.Id.ToString());
        writer.WriteNumber("deleted", deleted);
    }
}
