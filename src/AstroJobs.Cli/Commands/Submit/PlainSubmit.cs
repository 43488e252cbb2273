using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Run;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>
/// <c>submit run [--project P] [--group G] [--name N] [--slot S] -- PROGRAM ARGS…</c> from a program: what a script says in a loop. Done before
/// the parser is built, which would take longer than all the rest; everything else, and whatever is wrong with it, goes the full way.
/// </summary>
internal static class PlainSubmit
{
    /// <returns>The exit code; null when this is not such a submit, or when it failed and left nothing.</returns>
    public static int? TryAnswer(string[] arguments)
    {
        if (arguments is not ["submit", "run", ..] || Read(arguments) is not { } request || StandardFiles.OutputIsTerminal)
            return null;
        try
        {
            var environment = AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable);
            var submitted = new JobEngine(environment, TimeProvider.System).Submit(new RunKind(), request.Parameters, request.Labels);
            return StandardFiles.TryWriteOutput(new JsonText().Add("ok", true).Add("job_id", submitted.Id.ToString()).Add("created", submitted.Created).ToLine()) ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception error) when (error is JobException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static (RunParameters Parameters, JobLabels Labels)? Read(string[] arguments)
    {
        string? project = null, group = null, name = null, slot = null;
        var at = 2;
        for (; at + 1 < arguments.Length && arguments[at] != "--"; at += 2)
        {
            var value = arguments[at + 1];
            if (value.Length == 0 || value[0] == '-')
                return null;
            switch (arguments[at])
            {
                case "--project" when project is null: project = value; break;
                case "--group" when group is null: group = value; break;
                case "--name" when name is null: name = value; break;
                case "--slot" when slot is null: slot = value; break;
                default: return null;
            }
        }
        if (at + 1 >= arguments.Length)
            return null;
        var parameters = new RunParameters { Program = arguments[at + 1], Arguments = arguments[(at + 2)..], Slot = slot ?? "cpu" };
        return (parameters, new JobLabels { Project = project, Group = group, Name = name });
    }
}
