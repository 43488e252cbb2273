using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Stack;

/// <summary>What the caller's masters came to at submit: absolute files, one for a master, several to make one of.</summary>
public sealed record MasterFiles
{
    public IReadOnlyList<string> Bias { get; init; } = [];

    public IReadOnlyList<string> Dark { get; init; } = [];

    public IReadOnlyList<string> Flat { get; init; } = [];

    public IReadOnlyList<string> DarkFlat { get; init; } = [];

    /// <summary>A number given in place of bias frames.</summary>
    public double? BiasLevel { get; init; }

    internal IEnumerable<string> All => Bias.Concat(Dark).Concat(Flat).Concat(DarkFlat);

    /// <summary>Null when the caller named none.</summary>
    /// <exception cref="JobException">A file is not there, or what is asked for needs another.</exception>
    public static MasterFiles? Resolve(StackParameters parameters, string callerFolder)
    {
        var level = parameters.Bias is [var only] && IsNumber(only, callerFolder, out var number) ? number : (double?)null;
        var masters = new MasterFiles
        {
            Bias = level is null ? Files(parameters.Bias, callerFolder) : [],
            Dark = Files(parameters.Dark, callerFolder),
            Flat = Files(parameters.Flat, callerFolder),
            DarkFlat = Files(parameters.DarkFlat, callerFolder),
            BiasLevel = level,
        };
        if (masters.DarkFlat.Count > 0 && masters.Flat.Count == 0)
            throw new JobException(ErrorCode.BadInput, "Dark flats are taken off flats, and there are none.", "Give the flats with --flat.");
        if (parameters.DarkOptimize && (masters.Dark.Count == 0 || (masters.Bias.Count == 0 && level is null)))
            throw new JobException(ErrorCode.BadInput, "Scaling the dark needs a dark and a bias.", "Give --dark and --bias, which may be a number such as 512.");
        return level is null && !masters.All.Any() ? null : masters;
    }

    private static bool IsNumber(string entry, string folder, out double number) =>
        double.TryParse(entry, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) && !Path.Exists(Path.GetFullPath(entry, folder));

    private static IReadOnlyList<string> Files(IReadOnlyList<string> entries, string folder) =>
        [.. entries.SelectMany(entry => PictureFiles.Resolve(entry, folder)).Select(frame => frame.Path).Distinct()];
}
