using System.Globalization;

namespace AstroJobs.Imaging.Calibration;

/// <summary>What does not fit between a light and the masters, said for people with its figures.</summary>
internal static class MasterFit
{
    private const double Degrees = 2; // dark current doubles every 6 °C: this is a quarter more
    private const double Part = 0.01;

    /// <exception cref="ImageException">The sizes differ.</exception>
    public static void CheckSize(FrameInfo light, Master master)
    {
        var (given, wanted) = (MasterMaker.Size(master.Info), MasterMaker.Size(light));
        if (given != wanted)
            throw new ImageException($"the {CalibrationReport.Word(master.Kind)} is {given}, this frame {wanted}: give masters of the same camera, binning and crop");
    }

    public static IEnumerable<string> Notes(FrameMetadata light, Master master, bool isScaled)
    {
        var (report, name) = (master.Report, CalibrationReport.Word(master.Kind));
        if (Differ(light.Gain, report.Gain, Part))
            yield return Say(name, "gain", report.Gain, light.Gain, "");
        if (Differ(light.Iso, report.Iso, Part))
            yield return Say(name, "ISO", report.Iso, light.Iso, "");
        if (master.Kind == MasterKind.Dark && light.SensorTemperatureC is { } warm && report.SensorTemperatureC is { } cold && Math.Abs(warm - cold) > Degrees)
            yield return Say(name, "temperature", Math.Round(cold, 1), Math.Round(warm, 1), " °C");
        if (master.Kind == MasterKind.Dark && !isScaled && Differ(light.Exposure?.TotalSeconds, report.Exposure?.TotalSeconds, Part))
            yield return Say(name, "exposure", report.Exposure?.TotalSeconds, light.Exposure?.TotalSeconds, " s") + "; with a bias it would be scaled";
        if (light.Bayer is { } pattern && master.Info.Metadata.Bayer is { } other && pattern != other)
            yield return $"the mosaic of the {name} is {Word(other)}, that of the frames {Word(pattern)}";
    }

    public static bool Differ(double? a, double? b, double part) => a is { } x && b is { } y && Math.Abs(x - y) > part * Math.Max(Math.Abs(x), Math.Abs(y));

    private static string Say(string name, string what, double? given, double? wanted, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"the {what} of the {name} is {given:0.###}{unit}, that of the frames {wanted:0.###}{unit}");

    private static string Word(BayerPattern pattern) => pattern.ToString().ToUpperInvariant();
}
