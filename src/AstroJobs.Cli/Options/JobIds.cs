using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Options;

/// <summary>Which jobs a verb is about: bare arguments or <c>--job-id</c>, whole ids or beginnings of them.</summary>
internal sealed class JobIds
{
    private readonly Argument<string[]> _bare;
    private readonly Option<string[]> _named = new("--job-id", "--id") { Description = "The job: its id, or the beginning of it.", HelpName = "ID" };
    private readonly bool _many;
    private readonly bool _isNeeded;

    private JobIds(bool many, bool isNeeded)
    {
        (_many, _isNeeded) = (many, isNeeded);
        _bare = new Argument<string[]>("ID") { Description = many ? "The jobs: ids, or beginnings of ids." : "The job: its id, or the beginning of it.", Arity = ArgumentArity.ZeroOrMore };
    }

    public static JobIds AddTo(Command command, bool many, bool isNeeded = true)
    {
        var ids = new JobIds(many, isNeeded);
        command.Arguments.Add(ids._bare);
        command.Options.Add(ids._named);
        command.Validators.Add(ids.Validate);
        return ids;
    }

    public IReadOnlyList<string> Read(ParseResult parsed) => [.. parsed.GetValue(_named) ?? [], .. parsed.GetValue(_bare) ?? []];

    public int Count(CommandResult result) => (result.GetValue(_named)?.Length ?? 0) + (result.GetValue(_bare)?.Length ?? 0);

    private void Validate(CommandResult result)
    {
        var count = Count(result);
        foreach (var slip in (result.GetValue(_bare) ?? []).Where(static word => word.StartsWith('-')))
            result.AddError(Misuse.NoOption(slip, result));
        if (count == 0 && _isNeeded)
            result.AddError("Say which job: an id as an argument or with --job-id.");
        else if (count > 1 && !_many)
            result.AddError("This takes one job at a time.");
    }
}
