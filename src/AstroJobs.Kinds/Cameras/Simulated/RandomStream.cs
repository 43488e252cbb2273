namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// Random numbers that are the same for the same seed on every machine: splitmix64 (Steele, Lea &amp; Flood 2014) with a ziggurat of
/// 128 layers for normal ones (Marsaglia &amp; Tsang 2000). A seed may be mixed with any number of keys, so that each row, cell or
/// frame has a stream of its own whatever the order of the work.
/// </summary>
internal struct RandomStream
{
    private const ulong Step = 0x9E3779B97F4A7C15; // 2^64 / golden ratio
    private const int Layers = 128;
    private const double Tail = 3.442619855899; // where the tail of 128 layers begins, and the area of each layer
    private const double LayerArea = 9.91256303526217e-3;
    private const double GaussianBelow = 16; // electrons: from here the skewed normal is within 0.2 % of a Poisson's quartiles

    private static readonly float[] Edges = MakeEdges();
    private static readonly float[] Heights = [.. Edges.Select(x => (float)Density(x))];

    private ulong _state;

    public RandomStream(ulong seed, params ReadOnlySpan<long> keys)
    {
        _state = seed;
        foreach (var key in keys)
            _state = Mix(_state + Step) ^ (ulong)key;
        _state = Mix(_state + Step);
    }

    /// <summary>The plain splitmix64 sequence of a state.</summary>
    public static IEnumerable<ulong> FromState(ulong state)
    {
        while (true)
            yield return Mix(state += Step);
    }

    public ulong NextBits() => Mix(_state += Step);

    /// <summary>0 ≤ u &lt; 1.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Mean 0, deviation 1.</summary>
    public float NextNormal()
    {
        while (true)
        {
            var bits = NextBits();
            var layer = (int)(bits & (Layers - 1));
            var x = (int)(bits >> 32) * (1 / 2147483648f) * Edges[layer];
            if (Math.Abs(x) < Edges[layer + 1])
                return x;
            if (layer == 0)
                return MathF.CopySign(NextInTail(), x);
            var height = Heights[layer] + ((Heights[layer + 1] - Heights[layer]) * (float)NextUniform());
            if (height < Density(x))
                return x;
        }
    }

    /// <summary>How many of rare events happen: mean and variance are <paramref name="mean"/>.</summary>
    public double NextPoisson(double mean)
    {
        if (mean >= GaussianBelow)
        {
            var z = NextNormal();
            return mean + (Math.Sqrt(mean) * z) + (((z * z) - 1) / 6); // the last term is the skewness (Cornish & Fisher 1938)
        }
        var count = 0;
        var chance = Math.Exp(-mean);
        for (var left = NextUniform() - chance; left > 0 && count < 200; left -= chance)
            chance *= mean / ++count;
        return count;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private float NextInTail()
    {
        while (true)
        {
            var x = -Math.Log(1 - NextUniform()) / Tail;
            var y = -Math.Log(1 - NextUniform());
            if (y + y >= x * x)
                return (float)(Tail + x);
        }
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x);

    // Edges[i] is the right end of layer i, widest first; the lowest is widened to hold the tail's area too.
    private static float[] MakeEdges()
    {
        var edges = new float[Layers + 1];
        edges[0] = (float)(LayerArea / Density(Tail));
        edges[1] = (float)Tail;
        var x = Tail;
        for (var layer = 2; layer < Layers; layer++)
        {
            x = Math.Sqrt(-2 * Math.Log((LayerArea / x) + Density(x)));
            edges[layer] = (float)x;
        }
        return edges;
    }
}
