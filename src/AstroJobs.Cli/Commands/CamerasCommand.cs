using System.CommandLine;
using System.Text.Json;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Cli.Commands;

/// <summary><c>cameras</c>: what is attached, and what can be set on it.</summary>
internal static class CamerasCommand
{
    public static Command Create()
    {
        var camera = new Option<string?>("--camera") { Description = "Only this one; one on the network that is not found by itself: gphoto2:ptpip:192.168.1.1.", HelpName = "NAME" };
        var command = new Command("cameras", "List the cameras that are attached, with their settings and choices. One that a job uses just now is named, not asked.");
        command.Options.Add(camera);
        command.Runs(async (session, parsed, cancellation) =>
        {
            var scratch = Directory.CreateTempSubdirectory("astrojobs-cameras-").FullName;
            try
            {
                var finder = new CameraFinder(scratch, NullLogger.Instance, session.Time, name => session.Engine.HolderOf(CameraDrivers.Slot(name)));
                var found = await finder.FindAsync(parsed.GetValue(camera), cancellation).ConfigureAwait(false);
                if (session.Answer.IsJson)
                    session.Answer.Json(ok: true, writer => WriteAll(writer, found));
                else
                    WriteText(session.Answer, found);
                return ExitCode.Ok;
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }
        });
        return command;
    }

    private static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<FoundCamera> cameras)
    {
        writer.WriteStartArray("cameras");
        foreach (var camera in cameras)
        {
            writer.WriteStartObject();
            writer.WriteString("name", camera.Name);
            writer.WriteString("model", camera.Description?.Model ?? camera.Model);
            writer.WriteString("port", camera.Description?.Port);
            if (camera.Description?.BatteryPercent is { } battery)
                writer.WriteNumber("battery_percent", battery);
            else
                writer.WriteNull("battery_percent");
            writer.WriteString("busy_with", camera.BusyWith?.ToString());
            WriteSettings(writer, camera.Description?.Settings ?? []);
            if (camera.Problem is { } problem)
                Answer.WriteError(writer, problem);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteSettings(Utf8JsonWriter writer, IReadOnlyList<CameraSetting> settings)
    {
        writer.WriteStartArray("settings");
        foreach (var setting in settings)
        {
            writer.WriteStartObject();
            writer.WriteString("key", setting.Key);
            writer.WriteString("value", setting.Value);
            writer.WriteStartArray("choices");
            foreach (var choice in setting.Choices)
                writer.WriteStringValue(choice);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteText(Answer answer, IReadOnlyList<FoundCamera> cameras)
    {
        foreach (var camera in cameras)
        {
            var battery = camera.Description?.BatteryPercent is { } percent ? $", battery {percent} %" : "";
            answer.Text($"{camera.Name}  {camera.Description?.Model ?? camera.Model}{battery}{(camera.BusyWith is { } job ? $"  used by job {job}" : "")}");
            foreach (var setting in camera.Description?.Settings ?? [])
                answer.Text($"  {setting.Key,-18}{setting.Value,-16}{string.Join(", ", setting.Choices)}");
            if (camera.Problem is { } problem)
                answer.Text($"  {problem.Message} {problem.Hint}");
        }
    }
}
