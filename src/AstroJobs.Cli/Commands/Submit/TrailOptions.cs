using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>The options of <c>submit stack</c> for star trails.</summary>
internal sealed class TrailOptions
{
    private readonly Option<bool> _gapFill = new("--gap-fill") { Description = "Star trails (--mode max): fill the pauses between exposures along the motion of the stars; implies --align none." };
    private readonly Option<TrailFade?> _fade = ChoiceOption.Create("--fade", "Star trails (--mode max): how they brighten from the first frame to the last; in gives comets' heads; implies --align none", TrailFade.None);

    public IEnumerable<Option> All => [_gapFill, _fade];

    public StackParameters Into(ParseResult parsed, StackParameters parameters)
    {
        var (gapFill, fade) = (parsed.GetValue(_gapFill), parsed.GetValue(_fade) ?? TrailFade.None);
        var isAligned = parsed.GetResult("--align") is { } && parsed.GetResult("--align") is not System.CommandLine.Parsing.OptionResult { Implicit: true };
        return parameters with { GapFill = gapFill, Fade = fade, Align = (gapFill || fade != TrailFade.None) && !isAligned ? StackAlignment.None : parameters.Align };
    }
}
