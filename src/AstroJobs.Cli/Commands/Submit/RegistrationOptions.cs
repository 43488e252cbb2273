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

    private readonly Option<StackAlignment?> _align = ChoiceOption.Create("--align", "How frames are laid on each other: by stars, by the whole picture (the Moon, planets), or as they are", Defaults.Align);
    private readonly Option<string?> _reference = new("--reference") { Description = "The frame on which the others are laid: auto is the sharpest with many stars; or a file, or the number of an input from 1 (default: auto).", HelpName = "auto|FILE|N" };
    private readonly Option<TransformModel?> _transform = ChoiceOption.Create("--transform", "What a frame may differ by from the reference; auto is the simplest that fits its stars", Defaults.Transform);

    private readonly Option<string?> _rejectFrames = new("--reject-frames") { Description = "Leave out frames by their figures: 'fwhm>1.5x, stars<0.6x, round<0.8'; x is times the median. Also ecc, background, noise, snr, transparency, missing, rms; sharpness of planets.", HelpName = "CRITERIA" };
    private readonly Option<string?> _best = new("--best") { Description = "Take only so many of the remaining frames, the sharpest with the most stars: 80%, or 40; of planets the sharpest.", HelpName = "N%|N" };
    private readonly Option<StackFraming?> _framing = ChoiceOption.Create("--framing", "Which part of the sky the picture shows: the reference's, what all frames show, what any shows, or the frames' centre of gravity", Defaults.Framing);
    private readonly Option<bool> _coverage = new("--coverage-map") { Description = "Also write coverage.fits: how many frames show each pixel (always with --framing max)." };
    private readonly Option<bool> _autocrop = new("--autocrop") { Description = "Cut the picture to the largest rectangle of which enough frames show every pixel: no seams at its edges." };
    private readonly Option<double> _cropCoverage = new("--crop-coverage") { Description = "How many frames are enough for --autocrop, percent.", HelpName = "PERCENT", DefaultValueFactory = _ => Defaults.CropCoverage };
    private readonly Option<string?> _comet = new("--comet") { Description = "Hold a comet still in place of the stars: its pixels on the reference and the times (UTC), twice, such as 812.5,404@2026-11-21T19:02:10,850,390.2@2026-11-21T20:31:00.", HelpName = "X0,Y0@T0,X1,Y1@T1" };
    private readonly Option<ResamplingKernel?> _resample = ChoiceOption.Create("--resample", "How pixels between pixels are reckoned", Defaults.Resample);

    private readonly Option<double?> _drizzle = new("--drizzle") { Description = "Drizzle frames onto 1 to 3 times the pixels of the reference instead of resampling them; a mosaic's samples fall on their own colour. Also writes weights.fits.", HelpName = "1..3" };
    private readonly Option<double?> _pixelFraction = new("--pixfrac") { Description = "Side of the drops of --drizzle in pixels, 0.1 to 1 (default: 1).", HelpName = "N" };

    public IEnumerable<Option> All => [_align, _reference, _transform, _rejectFrames, _best, _framing, _coverage, _autocrop, _cropCoverage, _comet, _resample, _drizzle, _pixelFraction];

    public StackParameters Into(ParseResult parsed, StackParameters parameters) => parameters with
    {
        Align = parsed.GetValue(_align) ?? Defaults.Align,
        Reference = parsed.GetValue(_reference) ?? Defaults.Reference,
        Transform = parsed.GetValue(_transform) ?? Defaults.Transform,
        RejectFrames = parsed.GetValue(_rejectFrames),
        Best = parsed.GetValue(_best),
        Framing = parsed.GetValue(_framing) ?? Defaults.Framing,
        CoverageMap = parsed.GetValue(_coverage),
        Autocrop = parsed.GetValue(_autocrop),
        CropCoverage = parsed.GetValue(_cropCoverage),
        Comet = parsed.GetValue(_comet),
        Resample = parsed.GetValue(_resample) ?? Defaults.Resample,
        Drizzle = parsed.GetValue(_drizzle),
        PixelFraction = parsed.GetValue(_pixelFraction) ?? Defaults.PixelFraction,
    };
}
