namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>One Gaussian of a star's light on the pixels around it: electrons · e^(−dx²/2σ²) · e^(−dy²/2σ²) / 2πσ², as far out as it matters.</summary>
internal readonly struct Stamp
{
    private const double Negligible = 0.03; // electrons a pixel: a hundredth of any real read noise

    private readonly double _y;
    private readonly double _sigma;
    private readonly double _peak;
    private readonly int _firstColumn;
    private readonly float[] _columns;

    public Stamp(double x, double y, double electrons, double sigma, int width)
    {
        (_y, _sigma, _peak) = (y, sigma, electrons / (2 * Math.PI * sigma * sigma));
        var reach = Reach(electrons, sigma);
        FirstRow = (int)Math.Ceiling(y - reach);
        LastRow = reach < 0 ? FirstRow - 1 : (int)Math.Floor(y + reach);
        _firstColumn = Math.Max(0, (int)Math.Ceiling(x - reach));
        var lastColumn = Math.Min(width - 1, (int)Math.Floor(x + reach));
        _columns = reach < 0 || lastColumn < _firstColumn ? [] : new float[lastColumn - _firstColumn + 1];
        for (var column = 0; column < _columns.Length; column++)
            _columns[column] = (float)Falloff(_firstColumn + column - x);
    }

    public int FirstRow { get; }

    public int LastRow { get; }

    /// <summary>Pixels from the centre to where the light becomes negligible; below 0 when it is so everywhere.</summary>
    public static double Reach(double electrons, double sigma)
    {
        var peak = electrons / (2 * Math.PI * sigma * sigma);
        return peak <= Negligible ? -1 : sigma * Math.Sqrt(2 * Math.Log(peak / Negligible));
    }

    /// <summary>Adds the stamp's light in row <paramref name="y"/>, through the filters of the even and of the odd columns.</summary>
    public void AddRow(Span<float> row, int y, float even, float odd)
    {
        if (_columns.Length == 0)
            return;
        var height = (float)(_peak * Falloff(y - _y));
        var filters = (_firstColumn & 1) == 0 ? (even, odd) : (odd, even);
        var target = row.Slice(_firstColumn, _columns.Length);
        for (var column = 0; column < target.Length; column++)
            target[column] += height * _columns[column] * ((column & 1) == 0 ? filters.Item1 : filters.Item2);
    }

    private double Falloff(double distance) => Math.Exp(-distance * distance / (2 * _sigma * _sigma));
}
