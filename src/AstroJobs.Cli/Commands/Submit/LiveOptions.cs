using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>The options of <c>submit stack</c> for a stack that grows while frames are taken.</summary>
internal sealed class LiveOptions
{
    private readonly Option<bool> _live = new("--live") { Description = "Add frames as they come into the folders given, or from the job of --from-job while it takes them, and write the picture after each." };
    private readonly Option<TimeSpan?> _until = DurationOption.Create("--live-until", "End a live stack when no frame has come for so long (default: when the job that it follows ends, or when it is cancelled).");

    public IEnumerable<Option> All => [_live, _until];

    public StackParameters Into(ParseResult parsed, StackParameters parameters) => parameters with { Live = parsed.GetValue(_live), LiveUntil = parsed.GetValue(_until) };
}
