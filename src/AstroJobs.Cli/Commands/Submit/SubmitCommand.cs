using System.CommandLine;
using AstroJobs.Cli.Commands.Submit.Batch;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit KIND …</c>, <c>submit --image FILE</c>: makes a job and answers its id at once. <c>submit --batch</c>: makes many.</summary>
internal static class SubmitCommand
{
    private const string Description = "Make a job and answer its id at once; a detached worker does it. `submit --image FILE …` is `submit extract`.";

    private static readonly Verb[] Kinds =
    [
        new("capture", static _ => CaptureCommand.Create()), new("burst", static _ => BurstCommand.Create()), new("timelapse", static _ => TimelapseCommand.Create()), new("stack", static _ => StackCommand.Create()), new("video", static _ => VideoCommand.Create()),
        new(ExtractCommand.Name, static _ => ExtractCommand.Create()), new("run", static _ => RunCommand.Create()),
    ];

    public static Command Create(IReadOnlyList<string> arguments)
    {
        var kinds = Verb.Choose(Kinds, arguments, position: 1);
        var command = new Command("submit", Description);
        if (kinds.Count > 1 && ExtractCommand.IsMeant(arguments, Kinds.Select(static kind => kind.Name)))
        {
            ExtractCommand.MakeDefaultOf(command);
            return command;
        }
        foreach (var kind in kinds)
            command.Subcommands.Add(kind.Create(arguments));
        if (kinds.Count > 1)
            AddBatch(command);
        return command;
    }

    private static void AddBatch(Command command)
    {
        var batch = new Option<string?>("--batch")
        {
            Description = "Make many jobs in one process: FILE (- is stdin) has one JSON request a line, {\"kind\":\"run\",\"program\":[\"true\"],…}, with the options of submit KIND by their names in snake_case; one answer a line comes back.",
            HelpName = "FILE|-",
        };
        command.Options.Add(batch);
        command.Runs(async (session, parsed, cancellation) =>
        {
            if (parsed.GetValue(batch) is not { } source)
                return session.Answer.Fail(new JobError(ErrorCode.Usage, $"Say which kind of job: {string.Join(", ", Kinds.Select(static kind => kind.Name))}; or --batch.", "See `astrojobs submit --help`."));
            var kinds = new Command("submit", Description);
            foreach (var kind in Kinds)
                kinds.Subcommands.Add(kind.Create([]));
            using var submits = new SubmitBatch(session, kinds);
            return await submits.RunAsync(source, cancellation).ConfigureAwait(false);
        });
    }
}
