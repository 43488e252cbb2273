using System.CommandLine;
using AstroJobs.Cli.Commands;
using AstroJobs.Cli.Commands.Submit;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Cli;

/// <summary>The command line as a whole: its verbs, what all of them understand, and how any of them fails.</summary>
internal static class CommandLine
{
    private const string Json = "json";
    private const string Text = "text";

    private static readonly Option<string?> JobsFolder = new("--jobs-dir")
    {
        Description = "The folder of all jobs (default: $JOBS_DIR, else /srv/astro_jobs where it can be written, else $XDG_DATA_HOME/astrojobs).",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<string?> Format = CreateFormat();

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Tell on stderr what the engine does besides: which workers it starts, what it mends, what it cannot do.",
        Recursive = true,
    };

    private static readonly Verb[] Verbs =
    [
        new("submit", SubmitCommand.Create), new("status", static _ => StatusCommand.Create()), new("result", static _ => ResultCommand.Create()),
        new("wait", static _ => WaitCommand.Create()), new("cancel", static _ => CancelCommand.Create()), new("retry", static _ => RetryCommand.Create()), new("resume", static _ => ResumeCommand.Create()),
        new("pause", static _ => PauseCommand.Create(paused: true)), new("continue", static _ => PauseCommand.Create(paused: false)),
        new("checkpoints", static _ => CheckpointsCommand.Create()), new("recover", static _ => RecoverCommand.Create()), new("list", static _ => ListCommand.Create()),
        new("watch", static _ => WatchCommand.Create()), new("log", static _ => LogCommand.Create()), new("delete", static _ => DeleteCommand.Create()), new("prune", static _ => PruneCommand.Create()),
        new("cameras", static _ => CamerasCommand.Create()), new("stats", static _ => StatsCommand.Create()), new("galleries", static _ => GalleriesCommand.Create()), new("doctor", static _ => DoctorCommand.Create()), new("completion", static _ => CompletionCommand.Create()),
    ];

    /// <param name="arguments">Where the first one is a verb, only that verb is built: the others would cost a caller who polls several milliseconds each time.</param>
    public static RootCommand Create(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Runs long astrophotography work as jobs: captures, stacks, and any program. Every command answers at once; a job is a folder.");
        root.Options.Add(JobsFolder);
        root.Options.Add(Format);
        root.Options.Add(Verbose);
        foreach (var verb in Verb.Choose(Verbs, arguments, position: 0))
            root.Subcommands.Add(verb.Create(arguments));
        return root;
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var parsed = Create(arguments).Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Misused(parsed);
        using var interruption = new Interruption();
        try
        {
            var exitCode = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token).ConfigureAwait(false);
            return exitCode == ExitCode.Interrupted ? interruption.ExitCode : exitCode;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The answer cannot be written: {error.Message}").ConfigureAwait(false); // stdout is on a full disk
            return ExitCode.Failed;
        }
    }

    /// <summary>Gives a verb its action: composed by hand from what the command line said, with every known failure answered in the caller's format.</summary>
    public static void Runs(this Command command, Func<Session, ParseResult, CancellationToken, Task<int>> action)
    {
        Numbers.AddChecks(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var around = (parsed.InvocationConfiguration as SessionInvocation)?.Session;
            var answer = around?.Answer ?? CreateAnswer(parsed);
            try
            {
                using var log = parsed.GetValue(Verbose) ? EngineLog.Open() : null;
                return await action(around ?? CreateSession(parsed, answer, log), parsed, cancellation).ConfigureAwait(false);
            }
            catch (JobException error)
            {
                return answer.Fail(error.ToError());
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return answer.Fail(IoFailure.Explain(error));
            }
        });
    }

    public static void Runs(this Command command, Func<Session, ParseResult, int> action) =>
        command.Runs((session, parsed, _) => Task.FromResult(action(session, parsed)));

    private static Session CreateSession(ParseResult parsed, Answer answer, ILoggerFactory? log)
    {
        var environment = AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable, parsed.GetValue(JobsFolder));
        return new Session(new JobEngine(environment, TimeProvider.System, log?.CreateLogger("astrojobs")), environment, answer, TimeProvider.System);
    }

    private static int Misused(ParseResult parsed) =>
        CreateAnswer(parsed).Fail(new JobError(ErrorCode.Usage, Misuse.Describe(parsed), $"See `{Misuse.CommandName(parsed)} --help`."));

    private static Answer CreateAnswer(ParseResult parsed)
    {
        var format = parsed.GetResult(Format) is { Tokens: [{ Value: var word }] } ? word : null;
        var isJson = format == Text ? false : format == Json || Console.IsOutputRedirected;
        return new Answer(StandardFiles.OpenOutput(), StandardFiles.OpenError, isJson, !Console.IsErrorRedirected);
    }

    /// <summary>Built for every command, so without the reflection of a choice option.</summary>
    private static Option<string?> CreateFormat()
    {
        var option = new Option<string?>("--output")
        {
            Description = "How to answer (default: json, or text on a terminal).",
            HelpName = $"{Json}|{Text}",
            Recursive = true,
        };
        option.AcceptOnlyFromAmong(Json, Text);
        return option;
    }
}
