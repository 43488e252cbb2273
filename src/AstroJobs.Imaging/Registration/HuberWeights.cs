using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// What each pair counts in a fit: by how well its place is known, and by Huber's weight, less where it fits badly beside the others (the scale comes
/// from the median distance). Fit and weights are made in turn until the weights stand.
/// </summary>
internal sealed class HuberWeights
{
    private const double Tuning = 1.345; // 95 % of least squares' efficiency on Gaussian errors (Huber 1981)
    private const double RayleighMedian = 1.1774; // of the length of a 2-D Gaussian error, in sigmas
    private const double Still = 1e-3; // of a weight: what that moves is far below any error

    private readonly double[] _trust;
    private readonly double[] _rootOfTrust;
    private readonly double[] _sorted;
    private readonly double[] _values;

    public HuberWeights(ReadOnlySpan<StarPair> pairs)
    {
        _trust = new double[pairs.Length];
        for (var i = 0; i < _trust.Length; i++)
            _trust[i] = pairs[i].Weight;
        _rootOfTrust = [.. _trust.Select(Math.Sqrt)];
        _values = [.. _trust];
        (_sorted, Distances) = (new double[_trust.Length], new double[_trust.Length]);
    }

    public ReadOnlySpan<double> Values => _values;

    /// <summary>How far each pair lies apart under the last fit, pixels: to be written before <see cref="Update"/>.</summary>
    public double[] Distances { get; }

    /// <returns>Whether they have changed: a new fit would differ from the last.</returns>
    public bool Update()
    {
        for (var i = 0; i < _values.Length; i++)
            _sorted[i] = Distances[i] * _rootOfTrust[i]; // in units of the error that is to be expected
        var limit = Tuning * Math.Max(Selection.Middle(_sorted) / RayleighMedian, 1e-6);
        var changed = false;
        for (var i = 0; i < _values.Length; i++)
        {
            var distance = Distances[i] * _rootOfTrust[i];
            var weight = _trust[i] * (distance <= limit ? 1 : limit / distance);
            changed |= Math.Abs(weight - _values[i]) > Still * _values[i];
            _values[i] = weight;
        }
        return changed;
    }
}
