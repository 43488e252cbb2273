using AstroJobs.Imaging;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Catalogues;

namespace AstroJobs.Kinds.Extract;

/// <summary>A picture with what lies in it drawn in: grid, figures and names of the constellations, objects, named stars, north and east, a scale bar.</summary>
internal sealed class Annotation : IDisposable
{
    private const float Darker = 0.82f;
    private const int MostLabels = 150;
    private const double TextHeight = 11;
    private const double WideCircle = 60;
    private const double SmallestCircle = 7;
    private const double LargestCircle = 0.45; // of the picture's longer side

    private static readonly Ink FigureInk = new(0.38f, 0.72f, 0.95f, 0.55f, 1.3);
    private static readonly Ink FigureNameInk = new(0.50f, 0.80f, 1f, 0.85f, 1.8);
    private static readonly Ink StarInk = new(1f, 0.97f, 0.86f, 0.95f, 1.2);
    private static readonly Ink BodyInk = new(1f, 0.55f, 1f, 1f, 1.6);
    private static readonly Ink GalaxyInk = new(1f, 0.72f, 0.35f, 0.95f, 1.4);
    private static readonly Ink NebulaInk = new(1f, 0.50f, 0.52f, 0.95f, 1.4);
    private static readonly Ink ClusterInk = new(0.98f, 0.92f, 0.42f, 0.95f, 1.4);
    private static readonly Ink PlanetaryInk = new(0.50f, 0.95f, 0.60f, 0.95f, 1.4);

    private readonly Canvas _canvas;
    private readonly SkyView _view;
    private readonly double _scale;

    /// <param name="picture">Stretched, and as much smaller than the solved one as its width says.</param>
    public Annotation(Frame picture, SkyView view)
    {
        (_canvas, _view, _scale) = (new Canvas(picture), view, (double)picture.Width / view.Width);
        _canvas.Dim(Darker);
    }

    public Frame Draw(IReadOnlyList<FieldObject> objects)
    {
        var furniture = new AnnotationFurniture(_canvas, _view, ToCanvas);
        furniture.Reserve();
        var grid = new SkyGrid(_view);
        furniture.DrawGrid(grid);
        DrawFigures();
        DrawObjects(objects);
        DrawFigureNames();
        furniture.DrawGridLabels(grid);
        furniture.Draw();
        return _canvas.Picture;
    }

    public void Dispose() => _canvas.Dispose();

    private (double X, double Y)? ToCanvas(SkyPosition position) =>
        _view.Wcs.TryToPixel(position, out var x, out var y) ? (((x + 0.5) * _scale) - 0.5, ((y + 0.5) * _scale) - 0.5) : null;

    private void DrawFigures()
    {
        const double gap = 9; // pixels from a star, so that it stays to be seen
        foreach (var line in Constellation.All.SelectMany(constellation => constellation.Lines))
        {
            for (var i = 0; i + 1 < line.Count; i++)
            {
                if (line[i].SeparationDeg(_view.Centre) > _view.RadiusDeg + 40 || ToCanvas(line[i]) is not { } from || ToCanvas(line[i + 1]) is not { } to)
                    continue;
                var length = double.Hypot(to.X - from.X, to.Y - from.Y);
                if (length <= 3 * gap)
                    continue;
                var (dx, dy) = ((to.X - from.X) / length * gap, (to.Y - from.Y) / length * gap);
                _canvas.Line(from.X + dx, from.Y + dy, to.X - dx, to.Y - dy, FigureInk);
            }
        }
    }

    private void DrawFigureNames()
    {
        foreach (var constellation in Constellation.All)
        {
            foreach (var place in constellation.Labels)
            {
                if (place.SeparationDeg(_view.Centre) < _view.RadiusDeg && ToCanvas(place) is { } at)
                    _canvas.TryLabel(constellation.Name.ToUpperInvariant(), at.X, at.Y, 0, 14, FigureNameInk);
            }
        }
    }

    private void DrawObjects(IReadOnlyList<FieldObject> objects)
    {
        // What matters most finds its place first.
        var ordered = objects.OrderBy(Rank).ThenBy(thing => thing.Mag ?? 20).ToArray();
        var marks = ordered.Select(thing => (Thing: thing, At: ((thing.X + 0.5) * _scale) - 0.5, Down: ((thing.Y + 0.5) * _scale) - 0.5, Radius: RadiusOf(thing), Ink: InkOf(thing))).ToArray();
        foreach (var (thing, x, y, radius, ink) in marks)
        {
            if (thing.Type != "star")
                _canvas.Circle(x, y, radius, ink);
            if (radius < 20)
                _canvas.Reserve(new LabelBox(x - radius + 2, y - radius + 2, x + radius - 2, y + radius - 2));
        }
        foreach (var (thing, x, y, radius, ink) in marks.Take(MostLabels))
            _ = Label(LabelOf(thing), x, y, radius, ink) || (thing.Name != thing.Id && Label(thing.Id, x, y, radius, ink));
    }

    /// <summary>Beside a small circle, on the rim of a large one.</summary>
    private bool Label(string text, double x, double y, double radius, Ink ink) => radius < WideCircle
        ? _canvas.TryLabel(text, x, y, radius, TextHeight, ink)
        : _canvas.TryLabel(text, x, y - radius, 3, TextHeight, ink)
            || _canvas.TryLabel(text, x, y + radius, 3, TextHeight, ink)
            || _canvas.TryLabel(text, x + radius, y, 3, TextHeight, ink)
            || _canvas.TryLabel(text, x - radius, y, 3, TextHeight, ink);

    private double RadiusOf(FieldObject thing)
    {
        if (thing.Type == "star")
            return 6;
        var size = (thing.SizeArcmin ?? 0) * 60 / _view.ScaleArcsecPerPixel * _scale / 2;
        return Math.Clamp(size, SmallestCircle, LargestCircle * Math.Max(_canvas.Width, _canvas.Height));
    }

    private static string LabelOf(FieldObject thing) => thing.Name == thing.Id || thing.Type == "star" ? thing.Name : $"{thing.Id}  {thing.Name}";

    private static int Rank(FieldObject thing) => thing.Type switch
    {
        "planet" or "moon" => 0,
        _ when thing.Id is ['M', ' ', ..] => 1,
        "star" when thing.Mag < 2.5 => 2,
        _ when thing.Id is ['C', ' ', ..] => 3,
        "star" => thing.Name == thing.Id ? 6 : 4,
        _ => thing.Name == thing.Id ? 7 : 5,
    };

    private static Ink InkOf(FieldObject thing) => thing.Type switch
    {
        "star" => StarInk,
        "planet" or "moon" => BodyInk,
        "galaxy" or "galaxy cluster" => GalaxyInk,
        "open cluster" or "globular cluster" or "star group" => ClusterInk,
        "planetary nebula" => PlanetaryInk,
        _ => NebulaInk,
    };
}
