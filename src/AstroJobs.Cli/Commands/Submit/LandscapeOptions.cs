using System.CommandLine;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>The options of <c>submit stack</c> for a sky over a ground.</summary>
internal sealed class LandscapeOptions
{
    private static readonly StackParameters Defaults = new();

    private readonly Option<bool> _foreground = new("--foreground") { Description = "Landscape: the sky is laid on its stars, the ground stays as the camera stood; one picture of both." };
    private readonly Option<string?> _mask = new("--mask") { Description = "Landscape: a picture of the frames' size, white where sky is (default: found from the frames).", HelpName = "FILE" };
    private readonly Option<int> _feather = new("--feather") { Description = "Landscape: over how many pixels sky and ground are joined.", HelpName = "N", DefaultValueFactory = _ => Defaults.Feather };

    public IEnumerable<Option> All => [_foreground, _mask, _feather];

    public StackParameters Into(ParseResult parsed, StackParameters parameters) =>
        parameters with { Foreground = parsed.GetValue(_foreground), Mask = parsed.GetValue(_mask), Feather = parsed.GetValue(_feather) };
}
