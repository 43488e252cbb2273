using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Options;

/// <summary>Which jobs of the store are meant, said by what they are.</summary>
internal sealed class FilterOptions
{
    private readonly Option<JobState[]> _state = StateOption.Create("Only jobs in this state; repeatable.");
    private readonly Option<string[]> _kind = new("--kind") { Description = "Only jobs of this kind; repeatable.", HelpName = "KIND" };
    private readonly Option<string?> _project = new("--project") { Description = "Only jobs of this project.", HelpName = "NAME" };
    private readonly Option<string?> _group = new("--group") { Description = "Only jobs of this group.", HelpName = "NAME" };
    private readonly Option<string?> _name = new("--name") { Description = "Only jobs of this name.", HelpName = "NAME" };
    private readonly Option<SinceOption?> _since = SinceOption.Create();

    private IEnumerable<Option> All => [_state, _kind, _project, _group, _name, _since];

    public static FilterOptions AddTo(Command command)
    {
        var options = new FilterOptions();
        foreach (var option in options.All)
            command.Options.Add(option);
        return options;
    }

    public bool IsGiven(CommandResult result)
    {
        foreach (var option in All)
            if (result.GetResult(option) is not null)
                return true;
        return false;
    }

    /// <param name="usualStates">The states that are meant when none is said; none for all.</param>
    public JobFilter Read(ParseResult parsed, TimeProvider time, params IReadOnlyList<JobState> usualStates) => new()
    {
        States = parsed.GetValue(_state) is { Length: > 0 } states ? states : usualStates,
        Kinds = parsed.GetValue(_kind) ?? [],
        Project = parsed.GetValue(_project),
        Group = parsed.GetValue(_group),
        Name = parsed.GetValue(_name),
        Since = parsed.GetValue(_since)?.From(time),
    };
}
