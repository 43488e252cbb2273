using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>The options of <c>submit stack</c> that say how frames are laid on each other.</summary>
internal sealed class RegistrationOptions
{
    private static readonly StackParameters Defaults = new();

    private readonly Option<StackAlignment?> _align = ChoiceOption.Create("--align", "How frames are laid on each other", Defaults.Align);
    private readonly Option<string?> _reference = new("--reference") { Description = "The frame on which the others are laid: auto is the sharpest with many stars; or a file, or the number of an input from 1 (default: auto).", HelpName = "auto|FILE|N" };
    private readonly Option<TransformModel?> _transform = ChoiceOption.Create("--transform", "What a frame may differ by from the reference; auto is the simplest that fits its stars", Defaults.Transform);

    public IEnumerable<Option> All => [_align, _reference, _transform];

    public StackParameters Into(ParseResult parsed, StackParameters parameters) => parameters with
    {
        Align = parsed.GetValue(_align) ?? Defaults.Align,
        Reference = parsed.GetValue(_reference) ?? Defaults.Reference,
        Transform = parsed.GetValue(_transform) ?? Defaults.Transform,
    };
}
