using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary>The options of <c>submit stack</c> that put the numbers of the lights right.</summary>
internal sealed class CalibrationOptions
{
    private static readonly StackParameters Defaults = new();

    private readonly Option<string[]> _bias = Master("--bias", "A master bias, or the frames, folders or patterns to make one of; or a number for all pixels, such as 512; repeatable.");
    private readonly Option<string[]> _dark = Master("--dark", "A master dark, or what to make one of; with a bias it is scaled to each exposure; repeatable.");
    private readonly Option<string[]> _flat = Master("--flat", "A master flat, or what to make one of; repeatable.");
    private readonly Option<string[]> _darkFlat = Master("--dark-flat", "Darks of the flats, or their master; without them the bias is taken off the flats; repeatable.");
    private readonly Option<bool> _optimize = new("--dark-optimize") { Description = "Scale the dark to what leaves each frame the least noise; needs --bias." };
    private readonly Option<Imaging.Calibration.CosmeticCorrection?> _cosmetic =
        ChoiceOption.Create("--cosmetic", "Which pixels are replaced by their neighbours: those that stand out of the dark, or alone out of a frame; auto is dark where there is one", Defaults.Cosmetic);

    private readonly Option<Imaging.Trimming.OverscanUse?> _overscan =
        ChoiceOption.Create("--overscan", "What becomes of a sensor's overscan, where FITS headers tell it (TRIMSEC, DATASEC, BIASSEC), of lights and calibration frames alike", Defaults.Overscan);
    private readonly Option<string?> _trim = new("--trim") { Description = "Take only this part of every frame, calibration frames too: column and row of its first pixel, from 0 at the top left, width and height.", HelpName = "X,Y,W,H" };

    public IEnumerable<Option> All => [_bias, _dark, _flat, _darkFlat, _optimize, _cosmetic, _overscan, _trim];

    public StackParameters Into(ParseResult parsed, StackParameters parameters) => parameters with
    {
        Bias = parsed.GetValue(_bias) ?? [],
        Dark = parsed.GetValue(_dark) ?? [],
        Flat = parsed.GetValue(_flat) ?? [],
        DarkFlat = parsed.GetValue(_darkFlat) ?? [],
        DarkOptimize = parsed.GetValue(_optimize),
        Cosmetic = parsed.GetValue(_cosmetic) ?? Defaults.Cosmetic,
        Overscan = parsed.GetValue(_overscan) ?? Defaults.Overscan,
        Trim = parsed.GetValue(_trim),
    };

    private static Option<string[]> Master(string name, string description) => new(name) { Description = description, HelpName = "PATH" };
}
