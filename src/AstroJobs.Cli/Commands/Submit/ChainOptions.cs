using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Chains;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>What is made of a series' frames: <c>--then-stack "--mode median" --then-video</c>. The words go through the parser of that kind's own submit.</summary>
internal sealed class ChainOptions
{
    private readonly (Option<string?> Option, Func<Command> Kind)[] _followers;

    private ChainOptions(params (Option<string?> Option, Func<Command> Kind)[] followers) => _followers = followers;

    public static ChainOptions OfSeries() => new(
        (Then("stack", "stack the frames"), StackCommand.Create),
        (Then("extract", "look at the stack, or at the first frame where there is none"), ExtractCommand.Create),
        (Then("video", "make a video of the frames"), VideoCommand.Create));

    public static ChainOptions OfOneFrame() => new((Then("extract", "look at the frame"), ExtractCommand.Create));

    public IEnumerable<Option> All => _followers.Select(static follower => follower.Option);

    /// <exception cref="JobException"><c>usage</c>: the kind does not understand the words.</exception>
    public IReadOnlyList<Follower> Read(Session session, ParseResult parsed)
    {
        var followers = new List<Follower>();
        foreach (var (option, kind) in _followers)
            if (parsed.GetResult(option) is { Implicit: false })
                Add(followers, session, option.Name, kind(), parsed.GetValue(option) ?? "");
        return followers;
    }

    private static void Add(List<Follower> followers, Session session, string option, Command kind, string words)
    {
        var submit = new Command("submit") { kind };
        var parsed = submit.Parse([kind.Name, .. CommandLineParser.SplitCommandLine(words)]);
        if (parsed.Errors.Count > 0)
            throw new JobException(ErrorCode.Usage, $"{option}: {Misuse.Describe(parsed)}", $"Its options are those of `astrojobs submit {kind.Name} --help`, in quotes: {option}=\"--output-name night.fits\".");
        using var said = new MemoryStream();
        var answer = new Answer(said, static () => TextWriter.Null, isJson: true, errorIsTerminal: false);
        if (parsed.Invoke(new SessionInvocation(session with { Answer = answer, Followers = followers })) != ExitCode.Ok)
            throw new JobException(ErrorCode.Usage, $"{option}: what every job takes cannot be said here.", $"A follower is filed as what it follows; only the options of {kind.Name} itself may be given.");
    }

    private static Option<string?> Then(string kind, string what) => new($"--then-{kind}")
    {
        Description = $"When it is over, {what}; with options of `submit {kind}` in quotes where they are needed: --then-{kind}=\"--output-name NAME\".",
        HelpName = "OPTIONS",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
