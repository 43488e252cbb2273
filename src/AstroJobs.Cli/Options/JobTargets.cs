using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Options;

/// <summary>Which jobs a verb for many is about: ids as <see cref="JobIds"/> has them, or filters as <c>list</c> has them.</summary>
internal sealed class JobTargets
{
    private readonly JobIds _ids;
    private readonly FilterOptions _filter;

    private JobTargets(Command command)
    {
        _ids = JobIds.AddTo(command, many: true, isNeeded: false);
        _filter = FilterOptions.AddTo(command);
        command.Validators.Add(Validate);
    }

    public static JobTargets AddTo(Command command) => new(command);

    /// <summary>Whether jobs are chosen by filters: then the answer has an entry a job, however many there are.</summary>
    public bool AreFiltered(ParseResult parsed) => _filter.IsGiven(parsed.CommandResult);

    /// <summary>Ids or beginnings of ids, as they were given; or the whole ids of what the filters found, newest first. A job that cannot be read matches no filter.</summary>
    /// <param name="usualStates">What the filters mean when they name no state; none for all.</param>
    public IReadOnlyList<string> Read(Session session, ParseResult parsed, params IReadOnlyList<JobState> usualStates) =>
        AreFiltered(parsed)
            ? [.. session.Engine.List(_filter.Read(parsed, session.Time, usualStates)).Where(static job => job.Status is not null).Select(static job => job.Id.ToString())]
            : _ids.Read(parsed);

    private void Validate(CommandResult result)
    {
        var isFiltered = _filter.IsGiven(result);
        if (_ids.Count(result) > 0 && isFiltered)
            result.AddError("Say ids or filters, not both.");
        else if (_ids.Count(result) == 0 && !isFiltered)
            result.AddError("Say which jobs: ids, or filters such as --state or --project.");
    }
}
