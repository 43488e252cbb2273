using System.Globalization;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Extract;

/// <summary>Lines of equal right ascension and declination over a picture, about half a dozen each.</summary>
internal sealed class SkyGrid
{
    private const double LinesAcross = 6;
    private const int PointsAcross = 60;

    // Degrees; of right ascension whole minutes or seconds of time.
    private static readonly double[] DecSteps = [30, 20, 10, 5, 2, 1, 0.5, 1 / 6.0, 1 / 12.0, 1 / 30.0, 1 / 60.0];
    private static readonly double[] RaSteps = [90, 45, 30, 15, 7.5, 5, 2.5, 1.25, 0.5, 0.25, 0.125, 1 / 24.0];

    private readonly SkyView _view;

    public SkyGrid(SkyView view)
    {
        _view = view;
        var (width, height) = view.Size;
        var side = Math.Max(width, height);
        DecStep = DecSteps.FirstOrDefault(step => step <= side / (LinesAcross - 1), DecSteps[^1]);
        // Where meridians crowd together fewer will do.
        var cos = Math.Max(Math.Cos(double.DegreesToRadians(view.Centre.DecDeg)), 0.01);
        RaStep = RaSteps.FirstOrDefault(step => step * cos <= side / (LinesAcross - 1), RaSteps[^1]);
        if (Math.Abs(view.Centre.DecDeg) + view.RadiusDeg >= 90)
            RaStep = 30;
    }

    public double DecStep { get; }

    public double RaStep { get; }

    public IEnumerable<(string Label, IReadOnlyList<SkyPosition> Points)> Parallels()
    {
        var first = Math.Max(-90, _view.Centre.DecDeg - _view.RadiusDeg);
        var last = Math.Min(90, _view.Centre.DecDeg + _view.RadiusDeg);
        for (var i = (int)Math.Ceiling(first / DecStep); i * DecStep <= last; i++)
        {
            var dec = i * DecStep;
            if (Math.Abs(dec) > 89.9)
                continue;
            var (from, to) = RaRange();
            var step = Math.Max(_view.RadiusDeg / PointsAcross / Math.Max(Math.Cos(double.DegreesToRadians(dec)), 0.02), 0.0005);
            var count = (int)Math.Ceiling((to - from) / step);
            yield return (DecLabel(dec), [.. Enumerable.Range(0, count + 1).Select(k => new SkyPosition(Wrap(from + (k * (to - from) / count)), dec))]);
        }
    }

    public IEnumerable<(string Label, IReadOnlyList<SkyPosition> Points)> Meridians()
    {
        var (from, to) = RaRange();
        var south = Math.Max(-90, _view.Centre.DecDeg - _view.RadiusDeg);
        var north = Math.Min(90, _view.Centre.DecDeg + _view.RadiusDeg);
        var isWhole = to - from >= 360;
        for (var i = (int)Math.Ceiling(from / RaStep); i * RaStep <= (isWhole ? to - (RaStep / 2) : to); i++)
        {
            var ra = Wrap(i * RaStep);
            const int count = 2 * PointsAcross;
            yield return (RaLabel(ra), [.. Enumerable.Range(0, count + 1).Select(k => new SkyPosition(ra, south + (k * (north - south) / count)))]);
        }
    }

    private (double From, double To) RaRange()
    {
        if (Math.Abs(_view.Centre.DecDeg) + _view.RadiusDeg >= 90)
            return (0, 360);
        var half = double.RadiansToDegrees(Math.Asin(Math.Sin(double.DegreesToRadians(_view.RadiusDeg)) / Math.Cos(double.DegreesToRadians(_view.Centre.DecDeg))));
        return (_view.Centre.RaDeg - half, _view.Centre.RaDeg + half);
    }

    private static double Wrap(double ra) => ra - (360 * Math.Floor(ra / 360));

    private string RaLabel(double ra)
    {
        var seconds = (int)Math.Round(ra * 240) % 86400;
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h");
        if (RaStep < 15)
            text += string.Create(CultureInfo.InvariantCulture, $"{seconds / 60 % 60:00}m");
        return RaStep < 0.25 ? text + string.Create(CultureInfo.InvariantCulture, $"{seconds % 60:00}s") : text;
    }

    private string DecLabel(double dec)
    {
        var minutes = (int)Math.Round(Math.Abs(dec) * 60);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(minutes == 0 ? "" : dec < 0 ? "−" : "+")}{minutes / 60}°");
        return DecStep < 1 ? text + string.Create(CultureInfo.InvariantCulture, $"{minutes % 60:00}′") : text;
    }
}
