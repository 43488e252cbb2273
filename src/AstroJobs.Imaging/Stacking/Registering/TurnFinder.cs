using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>
/// Finds how far a picture is turned against a reference, as the Moon is under a camera that follows it without turning: the shifts of the four quarters of a part
/// tell the turn of the whole; the picture is turned back by it and looked at again, till nothing is left. Large turns are tried first, by the likeness of the part.
/// </summary>
internal sealed class TurnFinder
{
    private const int SmallestQuarter = 64; // pixels
    private const int Rounds = 4;
    private const double Alike = 0.8; // where it is less alike, larger turns are tried
    private const double LeastLikeness = 0.2; // of a quarter
    private const double MostResidual = 0.3; // pixels, of the quarters' shifts
    private const double LeastMove = 0.15; // pixels at the part's edge: less is no turn
    private static readonly double[] Tried = [-14, -10, -7, -4.5, -2.5, 0, 2.5, 4.5, 7, 10, 14]; // degrees

    private readonly int _side;
    private readonly (double X, double Y) _middle;
    private readonly PhaseCorrelator _part;
    private readonly PhaseCorrelator[] _quarters;

    /// <param name="part">Of the reference, a square.</param>
    /// <param name="corner">Of the part.</param>
    public TurnFinder(ReadOnlySpan<float> part, (int Left, int Top) corner, int side, PhaseCorrelator whole)
    {
        (_side, _part) = (side, whole);
        _middle = (corner.Left + ((side - 1) / 2.0), corner.Top + ((side - 1) / 2.0));
        var quarters = new PhaseCorrelator[4];
        for (var i = 0; i < quarters.Length; i++)
            quarters[i] = new PhaseCorrelator(Quarter(part, i), side / 2, side / 2);
        _quarters = quarters;
    }

    public static bool Fits(int side) => side / 2 >= SmallestQuarter;

    /// <param name="shift">What was found without a turn.</param>
    /// <returns>The same where no turn is found, or none that makes a difference.</returns>
    public Correlation Find(DetectionPlane plane, Correlation shift)
    {
        var (x, y, turn) = shift.Likeness < Alike ? Try(plane, shift) : (_middle.X + shift.Dx, _middle.Y + shift.Dy, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var part = Turned(plane, x, y, turn);
            if (Fit(part) is not var (dx, dy, more, residual))
                return shift;
            var (sine, cosine) = Math.SinCos(turn);
            (x, y, turn) = (x + (cosine * dx) - (sine * dy), y + (sine * dx) + (cosine * dy), turn + more);
            if (round == Rounds - 1 && residual > MostResidual)
                return shift;
        }
        var likeness = _part.Find(Turned(plane, x, y, turn)).Likeness;
        return Math.Abs(turn) * _side / 2 < LeastMove || likeness < shift.Likeness
            ? shift
            : shift with { Dx = x - _middle.X, Dy = y - _middle.Y, Likeness = likeness, Turn = turn, Middle = _middle };
    }

    /// <summary>Of some turns the one after which the part is most alike, and where its middle lies then.</summary>
    private (double X, double Y, double Turn) Try(DetectionPlane plane, Correlation shift)
    {
        var best = (_middle.X + shift.Dx, _middle.Y + shift.Dy, Turn: 0.0);
        var likeness = double.MinValue;
        foreach (var turn in Tried.Select(degrees => degrees * Math.PI / 180))
        {
            var found = _part.Find(Turned(plane, _middle.X + shift.Dx, _middle.Y + shift.Dy, turn));
            if (found.Likeness <= likeness)
                continue;
            var (sine, cosine) = Math.SinCos(turn);
            likeness = found.Likeness;
            best = (_middle.X + shift.Dx + (cosine * found.Dx) - (sine * found.Dy), _middle.Y + shift.Dy + (sine * found.Dx) + (cosine * found.Dy), turn);
        }
        return best;
    }

    /// <summary>The shift and the turn that the quarters' shifts come to, by least squares; null where a quarter is not like the reference's.</summary>
    private (double Dx, double Dy, double Turn, double Residual)? Fit(float[] part)
    {
        var found = new Correlation[_quarters.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = _quarters[i].Find(Quarter(part, i));
            if (found[i].Likeness < LeastLikeness)
                return null;
        }
        var (dx, dy, arm) = (found.Average(shift => shift.Dx), found.Average(shift => shift.Dy), _side / 4.0);
        var turn = Enumerable.Range(0, 4).Sum(i => (Across(i) * found[i].Dy) - (Down(i) * found[i].Dx)) / (8 * arm);
        var residual = Math.Sqrt(Enumerable.Range(0, 4).Average(i =>
            Math.Pow(found[i].Dx - dx + (turn * arm * Down(i)), 2) + Math.Pow(found[i].Dy - dy - (turn * arm * Across(i)), 2)));
        return (dx, dy, turn, residual);
    }

    private static int Across(int quarter) => quarter % 2 == 0 ? -1 : 1;

    private static int Down(int quarter) => quarter < 2 ? -1 : 1;

    private float[] Quarter(ReadOnlySpan<float> part, int quarter)
    {
        var half = _side / 2;
        var samples = new float[half * half];
        for (var y = 0; y < half; y++)
            part.Slice(((y + (quarter / 2 * half)) * _side) + (quarter % 2 * half), half).CopyTo(samples.AsSpan(y * half));
        return samples;
    }

    /// <summary>The part around (<paramref name="x"/>, <paramref name="y"/>), turned back; beyond the picture its edge is repeated.</summary>
    private float[] Turned(DetectionPlane plane, double x, double y, double turn)
    {
        var samples = new float[_side * _side];
        var (sine, cosine) = Math.SinCos(turn);
        for (var row = 0; row < _side; row++)
        {
            for (var column = 0; column < _side; column++)
            {
                var (dx, dy) = (column - ((_side - 1) / 2.0), row - ((_side - 1) / 2.0));
                samples[(row * _side) + column] = At(plane, x + (cosine * dx) - (sine * dy), y + (sine * dx) + (cosine * dy));
            }
        }
        return samples;
    }

    private static float At(DetectionPlane plane, double x, double y)
    {
        (x, y) = (Math.Clamp(x, 0, plane.Width - 1.001), Math.Clamp(y, 0, plane.Height - 1.001));
        var (left, top) = ((int)x, (int)y);
        var (right, below) = ((float)(x - left), (float)(y - top));
        var above = plane.Samples.Slice((top * plane.Width) + left, 2);
        var under = plane.Samples.Slice(((top + 1) * plane.Width) + left, 2);
        return (((above[0] * (1 - right)) + (above[1] * right)) * (1 - below)) + (((under[0] * (1 - right)) + (under[1] * right)) * below);
    }
}
