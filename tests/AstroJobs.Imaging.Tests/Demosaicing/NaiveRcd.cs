namespace AstroJobs.Imaging.Tests.Demosaicing;

/// <summary>Ratio corrected demosaicing step by step and pixel by pixel, as its description goes: the slow twin. Only pixels ten and more from an edge mean anything.</summary>
internal sealed class NaiveRcd(float[,] mosaic, Func<int, int, char> colourAt)
{
    private const float Epsilon = 1e-5f;
    private readonly int _height = mosaic.GetLength(0);
    private readonly int _width = mosaic.GetLength(1);

    public float[,] Green { get; private set; } = new float[0, 0];

    public float[,] Red { get; private set; } = new float[0, 0];

    public float[,] Blue { get; private set; } = new float[0, 0];

    public void Run()
    {
        var vertical = Map(4, (y, x) => Lean(y, x, 1, 0, 0, 1));
        var low = Map(1, (y, x) => mosaic[y, x] + (0.5f * (mosaic[y - 1, x] + mosaic[y + 1, x] + mosaic[y, x - 1] + mosaic[y, x + 1]))
            + (0.25f * (mosaic[y - 1, x - 1] + mosaic[y - 1, x + 1] + mosaic[y + 1, x - 1] + mosaic[y + 1, x + 1])));
        Green = Map(5, (y, x) => colourAt(x, y) == 'G' ? mosaic[y, x] : Mix(Decide(vertical, y, x), Carry(low, y, x, 1, 0), Carry(low, y, x, 0, 1)));
        var falling = Map(4, (y, x) => Lean(y, x, 1, 1, 1, -1));
        var opposite = Map(8, (y, x) => colourAt(x, y) == 'G' ? 0
            : Green[y, x] + Mix(Decide(falling, y, x), Differ(mosaic, y, x, 1, 1), Differ(mosaic, y, x, 1, -1)));
        float[,] Colour(char colour)
        {
            var known = Map(0, (y, x) => colourAt(x, y) == colour ? mosaic[y, x] : opposite[y, x]);
            return Map(10, (y, x) => colourAt(x, y) != 'G' ? known[y, x] : Green[y, x] + Mix(Decide(vertical, y, x), Differ(known, y, x, 1, 0), Differ(known, y, x, 0, 1)));
        }
        (Red, Blue) = (Colour('R'), Colour('B'));
    }

    private static float Mix(float lean, float first, float second) => first + (lean * (second - first));

    private static float Decide(float[,] lean, int y, int x)
    {
        var around = (lean[y - 1, x - 1] + lean[y - 1, x + 1] + lean[y + 1, x - 1] + lean[y + 1, x + 1]) / 4;
        return MathF.Abs(0.5f - lean[y, x]) < MathF.Abs(0.5f - around) ? around : lean[y, x];
    }

    private float Lean(int y, int x, int dy, int dx, int ey, int ex)
    {
        float High(int cy, int cx, int sy, int sx) => mosaic[cy - (3 * sy), cx - (3 * sx)] - mosaic[cy - sy, cx - sx] - mosaic[cy + sy, cx + sx] + mosaic[cy + (3 * sy), cx + (3 * sx)]
            - (3 * (mosaic[cy - (2 * sy), cx - (2 * sx)] + mosaic[cy + (2 * sy), cx + (2 * sx)])) + (6 * mosaic[cy, cx]);
        float Sum(int sy, int sx) => MathF.Max(1e-10f, Enumerable.Range(-1, 3).Sum(k => MathF.Pow(High(y + (k * sy), x + (k * sx), sy, sx), 2)));
        var (first, second) = (Sum(dy, dx), Sum(ey, ex));
        return first / (first + second);
    }

    private float Carry(float[,] low, int y, int x, int dy, int dx)
    {
        float At(int k) => mosaic[y + (k * dy), x + (k * dx)];
        float Gradient(int s) => Epsilon + MathF.Abs(At(s) - At(-s)) + MathF.Abs(At(0) - At(2 * s)) + MathF.Abs(At(s) - At(3 * s)) + MathF.Abs(At(2 * s) - At(4 * s));
        float Estimate(int s) => At(s) * (1 + ((low[y, x] - low[y + (2 * s * dy), x + (2 * s * dx)]) / (Epsilon + low[y, x] + low[y + (2 * s * dy), x + (2 * s * dx)])));
        return ((Gradient(1) * Estimate(-1)) + (Gradient(-1) * Estimate(1))) / (Gradient(1) + Gradient(-1));
    }

    private float Differ(float[,] colour, int y, int x, int dy, int dx)
    {
        float At(float[,] plane, int k) => plane[y + (k * dy), x + (k * dx)];
        float Gradient(int s) => Epsilon + MathF.Abs(At(colour, s) - At(colour, -s)) + MathF.Abs(At(colour, s) - At(colour, 3 * s)) + MathF.Abs(At(Green, 0) - At(Green, 2 * s));
        float Estimate(int s) => At(colour, s) - At(Green, s);
        return ((Gradient(1) * Estimate(-1)) + (Gradient(-1) * Estimate(1))) / (Gradient(1) + Gradient(-1));
    }

    private float[,] Map(int margin, Func<int, int, float> make)
    {
        var plane = new float[_height, _width];
        for (var y = margin; y < _height - margin; y++)
        {
            for (var x = margin; x < _width - margin; x++)
                plane[y, x] = make(y, x);
        }
        return plane;
    }
}
