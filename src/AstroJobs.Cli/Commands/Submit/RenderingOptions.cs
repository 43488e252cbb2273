using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Rendering.Background;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>The options of <c>submit stack</c> that say what is done to the picture once all frames are in it.</summary>
internal sealed class RenderingOptions
{
    private static readonly StackParameters Defaults = new();

    private readonly Option<WhiteBalance?> _whiteBalance =
        ChoiceOption.Create("--white-balance", "What the colours of the result are balanced by: the camera's own choice (RAW), a grey sky, or white in the middle of the star colours and a grey sky", Defaults.WhiteBalance);
    private readonly Option<PreviewStretch?> _stretch =
        ChoiceOption.Create("--stretch", "How the preview is made bright: by one curve for all colours or one each; auto balances linear colours first", Defaults.Stretch);
    private readonly Option<BackgroundModel?> _background =
        ChoiceOption.Create("--background", "What surface through its sky is taken off the result; nebulae and stars are passed over, large nebulae suffer from rbf", Defaults.Background);
    private readonly Option<int?> _bits = new("--bits") { Description = "Bits of a sample of a FITS or TIFF result: 32 (float) or 16 (default: 32; PNG has 16, JPEG 8).", HelpName = "16|32" };

    public IEnumerable<Option> All => [_whiteBalance, _background, _stretch, _bits];

    public StackParameters Into(ParseResult parsed, StackParameters parameters) => parameters with
    {
        WhiteBalance = parsed.GetValue(_whiteBalance) ?? Defaults.WhiteBalance,
        Background = parsed.GetValue(_background) ?? Defaults.Background,
        Stretch = parsed.GetValue(_stretch) ?? Defaults.Stretch,
        Bits = parsed.GetValue(_bits),
    };
}
