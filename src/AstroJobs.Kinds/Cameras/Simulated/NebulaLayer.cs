using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// The glows of one frame as electrons. They change slowly over the sky, so they are worked out on a grid of every few pixels
/// and drawn straight in between.
/// </summary>
internal sealed class NebulaLayer
{
    private const int Step = 8; // pixels

    private readonly Wcs _view;
    private readonly (Nebula Nebula, float Electrons)[] _seen;
    private readonly int _columns;

    /// <param name="view">Where the frame's pixels look.</param>
    public NebulaLayer(SimulatedCameraSettings settings, SimulatedExposure exposure, Wcs view)
    {
        _view = view;
        _columns = (settings.Width / Step) + 2;
        var optics = new SimulatedOptics(settings);
        var area = optics.ScaleArcsecPerPixel * optics.ScaleArcsecPerPixel;
        var centre = view.ToSky((settings.Width - 1) / 2.0, (settings.Height - 1) / 2.0);
        var radius = centre.SeparationDeg(view.ToSky(0, 0));
        var seen = exposure.Type == FrameType.Light && settings.Nebulae ? Nebulae.All : [];
        _seen = [.. seen
            .Where(nebula => centre.SeparationDeg(new SkyPosition(nebula.RaDeg, nebula.DecDeg)) < radius + nebula.ReachDeg)
            .Select(nebula => (nebula, (float)(optics.ElectronsPerSecond(nebula.Magnitude) * area * exposure.Exposure.TotalSeconds)))];
    }

    /// <summary>Glow on grid lines <paramref name="firstRow"/> to <paramref name="lastRow"/> need; null where there is none in the frame.</summary>
    public Band? Of(int firstRow, int lastRow)
    {
        if (_seen.Length == 0)
            return null;
        var firstLine = firstRow / Step;
        var lines = (lastRow / Step) + 2 - firstLine;
        var nodes = new StarColour[lines, _columns];
        for (var line = 0; line < lines; line++)
        {
            for (var column = 0; column < _columns; column++)
                nodes[line, column] = Glow(column * Step, (firstLine + line) * Step);
        }
        return new Band(nodes, firstLine);
    }

    private StarColour Glow(int x, int y)
    {
        var position = _view.ToSky(x, y);
        var (red, green, blue) = (0f, 0f, 0f);
        foreach (var (nebula, electrons) in _seen)
        {
            var glow = electrons * (float)nebula.At(position);
            (red, green, blue) = (red + (glow * nebula.Colour.Red), green + (glow * nebula.Colour.Green), blue + (glow * nebula.Colour.Blue));
        }
        return new StarColour(red, green, blue);
    }

    /// <summary>The glow of a band of rows: a grid of red, green and blue electrons.</summary>
    public sealed class Band(StarColour[,] nodes, int firstLine)
    {
        /// <summary>Adds the glow of a row; <paramref name="filter"/> tells what the pixels of even and of odd columns see of a light.</summary>
        public void AddRow(Span<float> row, int y, Func<StarColour, (float Even, float Odd)> filter)
        {
            var line = (y / Step) - firstLine;
            var down = y % Step / (float)Step;
            for (var start = 0; start < row.Length; start += Step)
            {
                var column = start / Step;
                var left = Between(filter(nodes[line, column]), filter(nodes[line + 1, column]), down);
                var right = Between(filter(nodes[line, column + 1]), filter(nodes[line + 1, column + 1]), down);
                for (var x = start; x < Math.Min(row.Length, start + Step); x++)
                {
                    var here = Between(left, right, (x - start) / (float)Step);
                    row[x] += (x & 1) == 0 ? here.Even : here.Odd;
                }
            }
        }

        private static (float Even, float Odd) Between((float Even, float Odd) a, (float Even, float Odd) b, float t) =>
            (a.Even + ((b.Even - a.Even) * t), a.Odd + ((b.Odd - a.Odd) * t));
    }
}
